"""Which member of a text holds a place, what holds that member, and what stands beside it.

The text is read once, piece by piece and only as far as it is asked about, however damaged it is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import TypeAlias

from errdecode.model.record import NamedTuple
from errdecode.render.frame.shape import Mark

_STRIDE = 300
"""Characters before a place that are read piece by piece."""
_LEAP = 50_000
"""Characters before those that are passed in a hurry, between two states that are remembered."""
_FAR = 10_000
"""Characters of a member, or behind it, in which its end is looked for."""
_MOST_WASTED = 4
"""How often the whole text may be read in vain, in a hurry."""
_DEEPEST = 2_000
"""Levels of a text that are told apart; a deeper one has no outline."""
_MOST_UNCLOSED = 20
"""Levels that one closing mark may close: those inside were forgotten."""


class Piece(NamedTuple):
    """What stands next in a text, as the reader of its kind finds it."""

    what: str
    """whole (a member without members), open, close or end (of the text)."""
    start: int
    """First character of the member, its name included, or of the closing mark; 0-based."""
    end: int
    """Behind the member, its opening or the closing mark."""
    after: int
    """Where the next piece is looked for."""


Read: TypeAlias = Callable[[str, int, bool], Piece]
"""Reads the piece at a place; told whether that stands inside another one."""
Fits: TypeAlias = Callable[[str, int, int], bool]
"""Whether an opening that ends here is closed by the mark that starts there."""
Pass: TypeAlias = "Callable[[str, int, int], Passed]"
"""Passes members from a place on that end before another one, without a look inside."""


class Span(NamedTuple):
    """A member, item, element or pair, as ranges of the text."""

    start: int
    inside: int
    """Behind its opening; its end, if it holds no others."""
    closing: int
    """The start of what closes it; its end, if it holds no others."""
    end: int


class Node(NamedTuple):
    """A member that is open."""

    start: int
    inside: int
    depth: int
    """0 for the outermost."""
    parent: Node | None
    before: Span | None
    """Its neighbour."""


class Found(NamedTuple):
    """The surroundings of a place."""

    parent: Node | None
    before: Span | None
    """The neighbour before the member; the last member before a place that is in none."""
    member: Span | None
    after: Span | None = None
    """The neighbour behind it, if there is none before it."""


class Passed(NamedTuple):
    """How far some members were passed."""

    at: int
    last: Span | None
    """The last one of them."""
    wasted: int = 0
    """Characters that were read in vain."""


class Kind(NamedTuple):
    """How texts of a kind are read."""

    read: Read
    fits: Fits
    skip: Pass | None = None


class _State(NamedTuple):
    """How far a text was read."""

    at: int
    parent: Node | None = None
    before: Span | None = None


class Outline:
    """The members of one text."""

    def __init__(self, text: str, kind: Kind) -> None:
        self.text = text
        self.kind = kind
        self._known = [_State(0)]
        self._patience = _MOST_WASTED * len(text)

    def find(self, mark: Mark) -> Found | None:
        """The surroundings of a mark's start; None in a text that is nested too deeply."""
        place = mark.start
        state = self._known[bisect_right(self._known, place, key=lambda one: one.at) - 1]
        while state.parent is None or state.parent.depth < _DEEPEST:
            patience = self._patience
            state = self._hurry(state, place - _STRIDE)
            piece, following = self._step(state)
            if piece.what == "end" or (piece.what == "close" and place < piece.end):
                return self._between(state, mark.inserted)
            if place < piece.start:
                return Found(state.parent, state.before, None)
            if place < piece.end:
                return self._member(state, piece, following)
            state = following
            self._remember(state, _STRIDE if patience == self._patience else 1)
        return None

    def _remember(self, state: _State, least: int = _STRIDE) -> None:
        if state.at - self._known[-1].at >= least:
            self._known.append(state)

    def _hurry(self, state: _State, limit: int) -> _State:
        """Pass the members that end before a place that is far away."""
        skip = self.kind.skip
        while skip and state.parent and state.at < limit and self._patience > 0:
            at, last, wasted = skip(self.text, state.at, limit)
            self._patience -= wasted
            if at == state.at:
                break
            state = _State(at, state.parent, last)
            self._remember(state)
        return state

    def _step(self, state: _State) -> tuple[Piece, _State]:
        """Read the next piece: what it is, and how things stand behind it."""
        at, parent, before = state
        piece = self.kind.read(self.text, at, parent is not None)
        what, start, end, after = piece
        if what == "whole":
            return piece, _State(after, parent, Span(start, end, end, end))
        if what == "open":
            depth = parent.depth + 1 if parent else 0
            return piece, _State(after, Node(start, end, depth, parent, before))
        node = self._closed_by(parent, start) if what == "close" else None
        if node is None:
            return piece, _State(after, parent, before)
        inside, closing = (node.inside, start) if before else (end, end)
        return piece, _State(after, node.parent, Span(node.start, inside, closing, end))

    def _closed_by(self, node: Node | None, closing: int) -> Node | None:
        for _ in range(_MOST_UNCLOSED):
            if node is None or self.kind.fits(self.text, node.inside, closing):
                return node
            node = node.parent
        return None

    def _between(self, state: _State, is_inserted: bool) -> Found:
        """A place behind the last member; what holds none is itself the member."""
        node = state.parent
        if node is None or state.before or is_inserted:
            return Found(node, state.before, None)
        piece, _ = self._step(state)
        span = Span(node.start, piece.end, piece.end, piece.end)
        return self._beside(node.parent, node.before, span, piece.after)

    def _member(self, state: _State, piece: Piece, following: _State) -> Found:
        if piece.what == "whole":
            return self._beside(state.parent, state.before, following.before, following.at)
        span, after = self._close(following)
        return self._beside(state.parent, state.before, span, after)

    def _beside(
        self, parent: Node | None, before: Span | None, member: Span | None, after: int
    ) -> Found:
        """Look for the neighbour behind a member that has none before it."""
        if before:
            return Found(parent, before, member)
        piece, following = self._step(_State(after, parent))
        if piece.what == "open":
            span, _ = self._close(following)
            return Found(parent, None, member, span)
        return Found(parent, None, member, following.before if piece.what == "whole" else None)

    def _close(self, state: _State) -> tuple[Span, int]:
        """Read on until what was opened last is closed, at most `_FAR` characters."""
        node, limit = state.parent, state.at + _FAR
        assert node is not None  # noqa: S101  # it was opened
        while state.at < limit:
            piece, following = self._step(state)
            if piece.what == "end":
                break
            depth = following.parent.depth if following.parent else -1
            if depth < node.depth:
                closed = following.before
                if closed and closed.start == node.start:
                    return closed, following.at
                limit = piece.start  # it closes what is around, too
                break
            state = following
        end = min(limit, len(self.text))
        return Span(node.start, node.inside, end, end), end
