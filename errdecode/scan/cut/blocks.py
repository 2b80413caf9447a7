"""Documents over many lines: the opener above a line, and the end of what it opens."""

from __future__ import annotations

from itertools import islice

from errdecode.model.record import NamedTuple
from errdecode.regex import expression
from errdecode.scan.cut.carriers import (
    LIMIT,
    Buffer,
    Carried,
    Line,
    join,
    line_at,
    line_before,
    open_like,
    open_record,
)
from errdecode.scan.cut.documents import Document
from errdecode.scan.cut.json_values import Found, balance, is_cut_off, load_at
from errdecode.scan.cut.markup import MARKUP, find_element
from errdecode.scan.cut.views import View, part

MOST_LINES = 3000
"""Lines that are looked at above a line, and below an opener."""
_PIECE = expression(
    rb"""(?:^|(?<=[\s|>]))(?:"(?:[^"\\]|\\.)*+"[ \t]*:.*|"(?:[^"\\]|\\.)*+",?|[}\]],?"""
    rb"""|[}\]][ \t]*,[ \t]*[{\[]|[{\[]|-?[0-9][0-9.eE+-]*,?|(?:true|false|null),?)[ \t\r]*$"""
)
"""A line of a pretty-printed document, behind whatever a logger wrote before it."""
_OWN = expression(rb"[ \t]*[\"}\]{]|[ \t]*\[(?=[ \t]*(?:[\"{\[\]]|$))")
"""The beginning of a line that is nothing but a part of a document."""
_MEMBER = expression(rb"(?:\[\s*)?\{\s*\"")
_UNQUOTED = expression(rb"[ \t]+[A-Za-z_$][\w$]{0,60}[ \t]*:[ \t]")
"""The beginning of a line with a member whose name is not quoted: JSON5's, JavaScript's."""
_OPENS = (b"{", b"[")
_PAGE = (b"<!DOCTYPE", b"<!doctype", b"<html", b"<HTML", b"<?xml")


class Block(NamedTuple):
    """A document over several lines, and the lines it takes."""

    document: Document
    start: int
    end: int


class Blocks:
    """Finds the documents around lines; remembers where each opener led."""

    def __init__(self, data: Buffer) -> None:
        self.data = data
        self._ends: dict[int, Block | None] = {}
        self._tops: dict[int, int | None] = {}

    def around(self, line: Line, carried: Carried) -> Block | None:
        """The JSON document that a line is a part of, the outermost one that is whole.

        Where none is whole, what there is of the outermost.
        """
        openers = self._openers(line, carried)
        for opener in reversed(openers):
            block = self._open(opener)
            if block and block.start <= line.start < block.end:
                return block
        return self._broken(openers[-1], line) if openers else None

    def in_records(self, line: Line) -> Block | None:
        """The JSON document that was printed over several lines, of each of which there is a
        record: the one that a record's line belongs to."""
        carried = open_record(line)
        block = self.around(line, carried) if carried else None
        return block if block and (block.start < line.start or line.end < block.end) else None

    def from_place(self, line: Line, carried: Carried, at: int) -> Block | None:
        """The JSON document that begins at a place of a line's content and ends below it."""
        if carried.content.text.rstrip() == b"":
            return None
        return self._open(_Opener(line, carried, at, at))

    def _openers(self, line: Line, carried: Carried) -> list[_Opener]:
        """The openers of all that encloses a line, from the innermost, by their indentation."""
        openers: list[_Opener] = []
        column, text = _piece(carried.content)
        if column is None:
            return openers
        prefixed = bool(text[:column].strip())
        opens = _first_open(text)
        if opens is not None:
            openers.append(_Opener(line, carried, opens, column))
        above: Line | None = line
        lowest = max(0, line.start - LIMIT)
        for _ in range(MOST_LINES):
            above = line_before(self.data, above.start) if column and above else None
            if above is None or above.start < lowest:
                break
            opened = open_like(above, carried)
            found, text = _piece(opened.content)
            if opened.carrier != carried.carrier or not text:
                break
            words = found is None or bool(text[:found].strip() and not prefixed)
            if found is not None and column is not None and found >= column and not words:
                continue
            opens = _first_open(text)
            if opens is None:
                break
            openers.append(_Opener(above, opened, opens, 0 if words else found or 0))
            if words:
                break
            column = found
        return openers

    def _open(self, opener: _Opener) -> Block | None:
        """The whole document at an opener; None when it has no end, or is no JSON."""
        key = opener.carried.content.locate(opener.at)
        if key not in self._ends:
            self._ends[key] = self._read(opener)
        return self._ends[key]

    def _read(self, opener: _Opener) -> Block | None:
        place = opener.carried.content.locate(opener.at)
        for size in (LIMIT // 32, LIMIT):
            view = self._below(opener, place, size)
            found = load_at(view.text, view.text.decode("latin-1"), 0)
            if isinstance(found, Found):
                document = Document(part(view, 0, found.end), "json", found.value)
                return Block(document, opener.line.start, view.locate(found.end))
            if not is_cut_off(view.text, found):
                return None
        return None

    def _below(self, opener: _Opener, place: int, size: int) -> View:
        """What stands from an opener on, without what stands before each line of it."""
        if opener.carried.carrier == "plain" and not self._is_prefixed(opener):
            return View(bytes(self.data[place : place + size]), place)
        content = opener.carried.content
        views, line, taken = [part(content, opener.at, len(content.text))], opener.line, 0
        while line.end + 1 < len(self.data) and taken < size and len(views) < MOST_LINES:
            line = line_at(self.data, line.end + 1)
            opened = open_like(line, opener.carried)
            column, _ = _piece(opened.content)
            if column is None or opened.carrier != opener.carried.carrier:
                break
            views.append(part(opened.content, column, len(opened.content.text)))
            taken += len(views[-1].text)
        return join(views, b"\n")

    def _is_prefixed(self, opener: _Opener) -> bool:
        """Whether something else than blanks stands before the line below an opener."""
        if opener.line.end + 1 >= len(self.data):
            return False
        below = line_at(self.data, opener.line.end + 1).raw
        column, _ = _piece(View(below, 0))
        return bool(column and below[:column].strip())

    def _broken(self, opener: _Opener, line: Line) -> Block | None:
        """What there is of a document that has no end."""
        view = self._below(opener, opener.carried.content.locate(opener.at), LIMIT // 8)
        end, stop = 0, len(view.text)
        while end < stop:
            after = view.text.find(b"\n", end)
            after = stop if after < 0 else after
            if end and _PIECE.match(view.text[end:after].lstrip()[:4000]) is None:
                break
            end = after + 1
        end = min(end, stop)
        if view.locate(end) < line.end or view.text[:end].strip() in _OPENS:
            return None
        document = Document(part(view, 0, end), "json", complete=False)
        return Block(document, opener.line.start, view.locate(end))

    def unclosed(self, line: Line, carried: Carried) -> int | None:
        """Where the line begins that opens the JSON document which a line does not end."""
        openers = self._openers(line, carried)
        if not openers:
            return None
        opener = openers[-1]
        below = self._below(opener, opener.carried.content.locate(opener.at), LIMIT)
        return opener.line.start if balance(below.text, 0) is None else None

    # ------------------------------------------------------------ markup

    def unclosed_markup(self, line: Line) -> int | None:
        """Where the XML document or the page begins that a line does not end."""
        for root in self._roots(line):
            for _ in range(MOST_LINES):
                if root < 0:
                    break
                block = self._element(root)
                if block is None:
                    return root
                root = self.data.find(b"<", block.end)
        return None

    def markup(self, line: Line) -> Block | None:
        """The XML document or the page that a line is a part of."""
        for start in self._roots(line):
            if start not in self._ends:
                self._ends[start] = self._element(start)
            block = self._ends[start]
            if block and line.start < block.end:
                return block
        return None

    def _element(self, start: int) -> Block | None:
        for size in (LIMIT // 32, LIMIT):
            text = bytes(self.data[start : start + size])
            end = find_element(text, start=0)
            if end is not None:
                document = Document(View(text[:end], start), "markup")
                return Block(document, start, start + end)
        return None

    def _roots(self, line: Line) -> list[int]:
        """Where the document around a line may begin: at its declaration, or where tags begin."""
        data = self.data
        lowest = max(0, line.start - LIMIT // 4)
        known = max(data.rfind(mark, lowest, line.end) for mark in _PAGE)
        if known >= 0:
            for mark in (b"<!DOCTYPE", b"<!doctype", b"<?xml"):
                before = data.rfind(mark, max(lowest, known - 400), known)
                if before >= 0 and not data[before:known].count(b"</"):
                    known = before
        roots = [known] if known >= 0 else []
        top = self._top(line, lowest) if line.raw.lstrip()[:1] == b"<" else None
        if top is not None and top >= lowest:
            return [*roots, top]
        opener = MARKUP.search(line.raw) if line.raw.rstrip().endswith(b">") else None
        return [*roots, line.start + opener.start()] if opener else roots

    def _top(self, line: Line, lowest: int) -> int | None:
        """Where the first of the lines begins that start with a tag and lead to this one without
        another between them; None when that is far above. What was found is remembered."""
        passed: list[int] = []
        top: int | None = line.start
        now = line
        while now.start not in self._tops:
            passed.append(now.start)
            above = line_before(self.data, now.start)
            if above is None or above.start < lowest or len(passed) > MOST_LINES:
                top = top if now.start == 0 else None
                break
            text = above.raw.strip()
            if not text.startswith(b"<"):
                opener = above.raw.rfind(b"<") if text.endswith(b">") else -1
                if opener > 0 and above.raw[opener + 1 : opener + 2] not in (b"/", b""):
                    top = above.start + opener
                break
            now, top = above, above.start + above.raw.find(b"<")
        else:
            top = self._tops[now.start]
        self._tops.update(dict.fromkeys(passed, top))
        return top


class _Opener(NamedTuple):
    """A line that ends with a bracket that it opens."""

    line: Line
    carried: Carried
    at: int
    """The bracket in the line's content."""
    column: int
    """Of the line's first character that belongs to the document."""


def _first_open(text: bytes) -> int | None:
    """The first bracket of a line that is not closed in it; None when all are."""
    for found in islice(_MEMBER.finditer(text), 8):
        if balance(text, found.start()) is None:
            return found.start()
    return len(text) - 1 if text.endswith(_OPENS) else None


def _piece(content: View) -> tuple[int | None, bytes]:
    """The column at which a line's part of a document begins, and the line without its end.

    None where the line is no part of one.
    """
    text = content.text[:4096].rstrip() if len(content.text) > 4096 else content.text.rstrip()
    own = _OWN.match(text)
    if own:
        return own.end() - 1, text
    if _UNQUOTED.match(text):
        return None, text
    found = _PIECE.search(text)
    return (found.start() if found else None), text
