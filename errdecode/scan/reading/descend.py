"""Goes into the documents of a log: what in them may be an answer, from the outside in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from errdecode.body import read_body
from errdecode.extract.claims import looks_like_error
from errdecode.model import JSON, Body, Text
from errdecode.model.record import NamedTuple
from errdecode.scan.cut.documents import find_all
from errdecode.scan.cut.json_values import MISSING, Missing, as_text
from errdecode.scan.cut.views import View, part, unescape_json
from errdecode.scan.reading.answers import Answer
from errdecode.scan.reading.decide import holds_answers, introduces, is_answer, is_sent
from errdecode.scan.reading.exports import holds_records, read_row, stands_apart
from errdecode.scan.reading.layouts import Record, is_record, plain_name
from errdecode.scan.reading.spans import Path, find_span

MOST_VALUES = 10_000
"""Objects, arrays and texts of one document that are looked at."""
DEEPEST = 6
"""How often a document may stand in a text of another."""
_WEAK = frozenset(("message", "data", "output", "result", "content"))
"""Members whose texts are mostly words of the log itself."""
_BEFORE = 4 << 10
"""Bytes before a document in a text that are kept."""
_SHORTEST = 8
"""Characters of a text that may hold a document."""
_TOLD = frozenset(
    "error err exception cause message msg errormessage errmsg stack stacktrace".split()
)
"""Members of a record that hold what a client printed of an answer."""


class Candidate(NamedTuple):
    """What may be an answer."""

    view: View
    """The text of the JSON document it stands in, or its own."""
    value: JSON | Missing
    kind: str
    path: Path
    """From the document's root."""
    records: tuple[Record, ...]
    """What it stands in, the outermost first."""
    how: str
    named: bool
    complete: bool = True
    before: bytes = b""
    """The text before it, where it stands in words inside a member."""
    alone: bool = False
    """It is all that its file holds."""
    listed: bool = False
    """It stands in a list, where equal ones are several."""


class Sight:
    """A candidate whose place is looked for once, when it is asked for."""

    __slots__ = ("_view", "candidate")

    def __init__(self, candidate: Candidate) -> None:
        self.candidate = candidate
        self._view: View | None = None if candidate.path else candidate.view

    def view(self) -> View | None:
        """Its own text, and where that stands; None when it cannot be told."""
        if self._view is None:
            candidate = self.candidate
            span = find_span(candidate.view.text, candidate.path)
            self._view = part(candidate.view, *span) if span else None
        return self._view

    def raw(self) -> bytes | None:
        """Its own text."""
        view = self.view()
        return view.text if view else None

    def is_of_a_row(self, at: int | None) -> bool:
        """Whether what begins at a character of it stands in a row of an export, and is a candidate
        of its own."""
        value, raw = self.candidate.value, None if at is None else self.raw()
        return raw is not None and stands_apart(value, self.candidate.path, as_text(raw), at or 0)


class Descent:
    """Goes through a document; after `skip` not into the candidate that came last.

    Where none was taken, what a record tells in words comes last.
    """

    def __init__(self, root: Candidate) -> None:
        self._stack = [root]
        self._root = root
        self._taken = False
        self._last: Candidate | None = None
        self._left = MOST_VALUES

    def __iter__(self) -> Iterator[Candidate]:
        while self._stack and self._left:
            self._left -= 1
            candidate = self._stack.pop()
            if _may_be_answer(candidate):
                self._last = candidate
                yield candidate
                if self._last is None:
                    continue
            self._stack.extend(reversed(list(_inside(candidate))))
        if not self._taken:
            yield from _words_of(self._root)

    @classmethod
    def inside(cls, candidate: Candidate) -> Descent:
        """Go through what stands in a candidate, without itself."""
        descent = cls(candidate)
        descent._stack[:] = reversed(list(_inside(candidate)))
        descent._taken = True
        return descent

    def skip(self) -> None:
        """Say that the last candidate was taken: what is in it is a part of it."""
        self._last = None
        self._taken = True


def _words_of(root: Candidate) -> Iterator[Candidate]:
    """The texts in a record that may be what a client says of an answer: its own, and those of the
    error that it holds as an object."""
    value = root.value
    if type(value) is not dict or not is_record(value):
        return
    for path in _texts_told(value):
        span = find_span(root.view.text, path)
        inner = unescape_json(root.view, span[0] + 1, span[1] - 1) if span else None
        if inner is not None:
            yield Candidate(inner, MISSING, "text", (), (value,), "string", False)


def _texts_told(record: Record, above: Path = ()) -> Iterator[Path]:
    for name, child in record.items():
        if plain_name(name) not in _TOLD:
            continue
        if type(child) is str and ": " in child:
            yield (*above, name)
        elif type(child) is dict and not above:
            yield from _texts_told(child, (name,))


def _may_be_answer(candidate: Candidate) -> bool:
    value = candidate.value
    if isinstance(value, dict):
        path = candidate.path
        return bool(value) and (not is_record(value) or bool(path and is_answer(path)))
    if isinstance(value, list):
        return bool(value) and (candidate.named or not candidate.path) and not holds_records(value)
    return True


def _inside(candidate: Candidate) -> Iterator[Candidate]:
    """The objects, arrays and documents in texts that stand directly in a value."""
    value, path = candidate.value, candidate.path
    children: Iterable[tuple[str | int, JSON]] = ()
    records, cells = candidate.records, False
    if type(value) is dict:
        records = (*records, value)
        children = value.items()
    elif type(value) is list:
        children = enumerate(value)
        row = read_row(value)
        cells = bool(row) and type(value[0]) is dict
        records = (*records, row) if row or not records else records
    for name, child in children:
        kind = type(child)
        if kind is not str and kind is not dict and kind is not list:
            continue
        named = holds_answers((*path, name))
        if named and type(value) is dict and is_sent(str(name), value):
            named = False
        if kind is str:
            if len(child) >= _SHORTEST and ("{" in child or "<" in child or named):  # type: ignore[arg-type, operator]  # a text
                yield from _in_text(candidate, (*path, name), str(child), records, named=named)
        else:
            inner = _child(candidate, child, (*path, name), records, named=named)
            yield from _inside(inner) if cells else (inner,)


def _child(
    parent: Candidate, value: JSON, path: Path, records: tuple[Record, ...], *, named: bool
) -> Candidate:
    how = "member" if parent.how == "body" else parent.how
    listed = parent.listed or type(path[-1]) is int
    return Candidate(
        parent.view, value, "json", path, records, how, named, parent.complete, listed=listed
    )


def _in_text(
    parent: Candidate, path: Path, text: str, records: tuple[Record, ...], *, named: bool
) -> Iterator[Candidate]:
    """The documents in a text; a text that stands for an answer as a whole is one itself."""
    marked = "{" in text or "<" in text
    if not marked and path[-1] in _WEAK and not ("=" in text and "&" in text):
        return
    if len(records) > DEEPEST * 4 or parent.how.count("+") > DEEPEST:
        return
    span = find_span(parent.view.text, path)
    inner = unescape_json(parent.view, span[0] + 1, span[1] - 1) if span else None
    if inner is None:
        return
    how = "string" if parent.how in ("body", "member") else parent.how
    found = False
    for document in find_all(inner):
        found = True
        yield Candidate(
            document.view, document.value, document.kind, (), records, how,
            named and document.begin == 0, document.complete,
            inner.text[max(0, document.begin - _BEFORE) : document.begin],
            listed=parent.listed or type(path[-1]) is int,
        )  # fmt: skip
    if not found and named and path[-1] not in _WEAK:
        yield Candidate(inner, MISSING, "text", (), records, how, named)


def is_errorlike(value: JSON | Missing, raw: Callable[[], bytes | None]) -> bool:
    """Whether a document says of itself that it is an error; `raw` gives its text."""
    if not isinstance(value, Missing):
        return looks_like_error(Body("json", None, _NO_TEXT, value))
    return looks_like_error(read_body(Text(as_text(raw() or b""))))


_NO_TEXT = Text("")


def is_told(candidate: Candidate) -> bool:
    """Whether a candidate is what a record tells in words, and nothing that it holds."""
    return candidate.kind == "text" and candidate.how == "string" and not candidate.named


def is_of_others(candidate: Candidate, answer: Answer) -> bool:
    """Whether an answer to words of the log is about a document in them: that is none of its own,
    and what there is of such is cut out before."""
    own = candidate.view.text[:1] in (b"{", b"[", b'"', b"<")
    return (
        candidate.how not in ("transcript", "har")
        and not own
        and answer.kind not in ("text", "html", "empty")
    )


def is_worth_reading(candidate: Candidate, status: int | None) -> bool:
    """Whether a document in no documented format may be an error all the same: see
    `decide.is_error`."""
    captured = candidate.how in ("transcript", "har")
    if candidate.kind == "text":
        return captured
    if status is not None and status < 400:
        return False
    shown = captured or candidate.named or candidate.alone or introduces(candidate.before)
    if status is None:
        return shown and (
            isinstance(candidate.value, Missing) or is_errorlike(candidate.value, _nothing)
        )
    return shown or isinstance(candidate.value, Missing) or is_errorlike(candidate.value, _nothing)


def _nothing() -> None:
    """No text."""
