"""Writes a damaged JSON text as JSON proper, sign by sign, where it is plain what was meant."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from errdecode.correct.editing import Edit, write
from errdecode.correct.operations import same
from errdecode.jsontext import read_json
from errdecode.model import JSON, Body, Tree
from errdecode.model.record import NamedTuple
from errdecode.regex import expression

_MOST = 1000
"""Signs that are changed, at most: what needs more is another language than JSON."""
_WIDEST = 20_000
"""Characters between two values, comments among them."""
_PIECE = expression(r"[ \t\r\n]+|//[^\r\n]*|#[^\r\n]*|/\*(?s:.*?)\*/|=>|\s|.")
"""What may stand between two values: blanks, a comment, a mark."""
_COMMENTS = ("//", "#", "/*")
_MEANT = {",": ",;，；、", ":": (":", "=", "=>", "：")}
"""Marks that stand for the one that JSON has."""
_CONTROL = expression(r"[\x00-\x1f]")
_NAME = expression(r"[A-Za-z_$][\w$-]*")
_NUMBER = expression(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_WORDS = {"true": True, "false": False, "null": None}
_PYTHON = {"True": True, "False": False, "None": None}
_SINGLE = ("'", "`", "“”", "„“", "„”", "””", "‘’", "’’")
"""Other quotes than JSON's, opening and closing."""


class Mended(NamedTuple):
    """The edits that make JSON of a text, in order and apart."""

    edits: tuple[Edit, ...]
    sure: bool
    """Nothing of it is a guess."""


class _UnclearError(Exception):
    """What was meant is not plain; only this module sees it."""


class _Pen:
    """Collects the edits."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.edits: list[Edit] = []
        self.sure = True

    def put(self, start: int, end: int, new: str, *, sure: bool = True) -> None:
        """Write `new` in place of a range."""
        self.edits.append(Edit(start, end, new))
        self.sure = self.sure and sure
        if len(self.edits) > _MOST:
            raise _UnclearError


def mend(body: Body) -> Mended | None:
    """The edits that make JSON (RFC 8259) of a body that was read leniently.

    None for what is JSON, and where a value is missing, cut off or no plain matter. The edited text
    is read again and holds exactly what the lenient reading had.
    """
    tree = body.tree
    if body.kind != "json" or tree is None or any(n.kind != "lenient-json" for n in body.notes):
        return None
    pen = _Pen(body.text.value)
    try:
        _gap(pen, 0, tree.start, "")
        _walk(pen, body.value, tree)
        _gap(pen, tree.end, len(pen.text), "")
    except _UnclearError:
        return None
    edits = tuple(sorted(pen.edits))
    reading = read_json(write(pen.text, edits))
    if not edits or reading is None or reading.tree or not same(reading.value, body.value):
        return None
    return Mended(edits, pen.sure)


def _walk(pen: _Pen, value: JSON, tree: Tree) -> None:
    """Write every value and what stands between two, without recursion."""
    waiting = [(value, tree)]
    while waiting:
        value, tree = waiting.pop()
        if isinstance(value, dict) and isinstance(tree.children or {}, dict):
            waiting += _members(pen, value, tree)
        elif isinstance(value, list) and isinstance(tree.children or [], list):
            waiting += _items(pen, value, tree)
        else:
            _scalar(pen, value, tree.start, tree.end)


def _members(pen: _Pen, value: dict[str, JSON], tree: Tree) -> Iterator[tuple[JSON, Tree]]:
    places = tree.children if isinstance(tree.children, dict) else {}
    at = _open(pen, tree, "{}")
    for number, (name, place) in enumerate(places.items()):
        if place.key is None or name not in value:
            raise _UnclearError
        _gap(pen, at, place.key[0], "," if number else "")
        _name(pen, name, *place.key)
        _gap(pen, place.key[1], place.start, ":")
        at = place.end
        yield value[name], place
    _gap(pen, at, tree.end - 1, "", trailing=bool(places))


def _items(pen: _Pen, value: list[JSON], tree: Tree) -> Iterator[tuple[JSON, Tree]]:
    places: Sequence[Tree] = tree.children if isinstance(tree.children, list) else ()
    if len(places) != len(value):
        raise _UnclearError
    at = _open(pen, tree, "[]")
    for number, place in enumerate(places):
        _gap(pen, at, place.start, "," if number else "")
        at = place.end
        yield value[number], place
    _gap(pen, at, tree.end - 1, "", trailing=bool(places))


def _open(pen: _Pen, tree: Tree, brackets: str) -> int:
    """The place behind the opening bracket of a value that has both."""
    text = pen.text
    if tree.end - tree.start < 2 or text[tree.start] + text[tree.end - 1] != brackets:
        raise _UnclearError
    return tree.start + 1


def _gap(pen: _Pen, start: int, end: int, mark: str, *, trailing: bool = False) -> None:
    """Leave blanks and one `mark` between two values; a comma before a bracket goes."""
    if not 0 <= end - start <= _WIDEST:
        raise _UnclearError
    due = bool(mark)
    for match in _PIECE.finditer(pen.text, start, end):
        piece, at = match[0], match.start()
        if piece.startswith(_COMMENTS):
            pen.put(at, match.end(), "")
        elif piece[0] in " \t\r\n":
            continue
        elif piece.isspace():
            pen.put(at, match.end(), " ")
        elif due and piece in _MEANT[mark]:
            due = False
            if piece != mark:
                pen.put(at, match.end(), mark)
        elif trailing and piece == ",":
            trailing = False
            pen.put(at, match.end(), "")
        else:
            raise _UnclearError
    if due:
        pen.put(start, start, mark, sure=False)


def _name(pen: _Pen, name: str, start: int, end: int) -> None:
    """Write a member's name in quotes."""
    written = pen.text[start:end]
    if written == name and _NAME.fullmatch(written):
        pen.put(start, start, '"')
        pen.put(end, end, '"')
    else:
        _string(pen, name, start, end)


def _scalar(pen: _Pen, value: JSON, start: int, end: int) -> None:
    written = pen.text[start:end]
    if isinstance(value, str):
        _string(pen, value, start, end)
    elif isinstance(value, dict | list) or not written:
        raise _UnclearError
    elif written not in _WORDS and not _NUMBER.fullmatch(written):
        pen.put(start, end, json.dumps(value), sure=written in _PYTHON)


def _string(pen: _Pen, value: str, start: int, end: int) -> None:
    """Write a string in JSON's quotes, its own signs escaped where they have to be."""
    written = pen.text[start:end]
    inner = written[1:-1]
    if len(written) < 2 or written[0].isalnum():
        raise _UnclearError  # without quotes, or with a prefix
    if written[0] == written[-1] == '"' and _reads(written, value):
        for match in _CONTROL.finditer(inner):
            at = start + 1 + match.start()
            pen.put(at, at + 1, json.dumps(match[0])[1:-1])
        return
    quotes = next((q for q in _SINGLE if written[0] == q[0] and written[-1] == q[-1]), "")
    plain = bool(quotes) and inner.replace(f"\\{quotes[-1]}", quotes[-1]) == value
    if plain and _reads(f'"{inner}"', value):
        pen.put(start, start + 1, '"')
        pen.put(end - 1, end, '"')
    else:
        pen.put(start, end, json.dumps(value, ensure_ascii=False), sure=plain)


def _reads(written: str, value: str) -> bool:
    """Tell whether a string is JSON's but for raw control characters, and means what was read."""
    try:
        return bool(json.loads(written, strict=False) == value)
    except ValueError:
        return False
