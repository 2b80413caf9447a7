"""Reads a pointer in any dialect into reference tokens: one grammar, ruled by a row of the table.

A path is a root, then names behind separators, and brackets. Time is linear in its length: each
expression begins where the last one ended, and the first fault is the end.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from errdecode.model import JSON
from errdecode.pointer.dialects import DIALECTS, Dialect
from errdecode.pointer.rfc6901 import INDEX, Parsed, Tokens, describe, parse


def read_pointer(sent: JSON, dialect: str) -> Parsed:
    """Read a pointer that was written in one of `DIALECTS` into reference tokens.

    `sent` is as it stood in the response: an array is read as names and indices in any dialect, a
    number as its digits. Where the dialect counts from 1, the tokens count from 0.
    """
    if isinstance(sent, list):
        return _read_segments(sent, DIALECTS[dialect])
    if isinstance(sent, bool) or not isinstance(sent, str | int):
        return Parsed(None, f"{describe(sent)} is no pointer")
    if dialect == "json-pointer":
        return parse(str(sent))
    return read_path(str(sent), DIALECTS[dialect])


def read_path(sent: str, row: Dialect) -> Parsed:
    """Read a path that is written as a row of the table says; `""` is the whole document."""
    path = _Path(sent, row)
    fault = path.read() if sent not in ("", row.root, *row.separators) else None
    if fault is not None:
        return Parsed(None, fault)
    return _count_from_zero(tuple(path.tokens), row)


def _read_segments(sent: list[JSON], row: Dialect) -> Parsed:
    """An array of member names and indices: Zod, Joi, FastAPI, GraphQL."""
    if any(isinstance(part, bool) or not isinstance(part, str | int) for part in sent):
        return Parsed(None, "the path holds more than names and indices")
    return _count_from_zero(tuple(str(part) for part in sent), row)


def _count_from_zero(tokens: Tokens, row: Dialect) -> Parsed:
    """Turn numbers that count from 1 into indices, and leave out steps that only lead to them."""
    if not row.from_one:
        return Parsed(tokens)
    counted = list(tokens[:1])
    for before, token in pairwise(tokens):
        if token in row.left_out and INDEX.fullmatch(before):
            continue
        if INDEX.fullmatch(token):
            if token == "0":
                return Parsed(None, "items are counted from 1 here, there is no item 0")
            token = str(int(token) - 1)
            if counted[-1] in row.left_out and len(counted) > 1:
                counted.pop()
        counted.append(token)
    return Parsed(tuple(counted), literal=tokens if tokens != tuple(counted) else None)


_QUOTED = {
    "'": r"'((?:[^'\\]|\\.)*+)'",
    '"': r'"((?:[^"\\]|\\.)*+)"',
}
_KEY_ENDS = r"\](?=[.\[]|\Z)"
"""A key may hold brackets: it ends where the path can go on."""
_SELECTOR = r"\[\s*(\*|0|[1-9][0-9]{0,17})\s*\]"
_POSITION = r"\[\s*(?:position\(\)\s*=\s*)?([0-9]{1,18})\s*\]"
_URI = r"namespace-uri\(\)\s*=\s*(?:'[^']*'|\"[^\"]*\")"
_LOCAL_NAME = (
    rf"\[\s*(?:{_URI}\s+and\s+)?(?:local-)?name\(\)\s*=\s*(?:'([^'\d][^']*)'|\"([^\"\d][^\"]*)\")"
    rf"(?:\s+and\s+{_URI})?\s*\]"
)
_XML_NAME = r"(@?)(?:Q\{[^}]*\}|[^\W\d][\w.-]*:)?(\*|[^\W\d][\w.-]*)"
"""An attribute's or element's name (XPath 3.1, section 3.3.2), its prefix or URI apart."""
_UNION = "no single place is meant by the union at"
_ESCAPED = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


class _Path:
    """One path while it is read. Each step returns its fault, None when there is none."""

    def __init__(self, sent: str, row: Dialect) -> None:
        self.sent = sent
        self.row = row
        self.at = 0
        """The next character, 0-based."""
        self.tokens: list[str] = ["**"] * row.anywhere
        self.is_named = False  # an XML name was just read, so a predicate may follow

    def read(self) -> str | None:
        """Read all of it, or up to the first fault."""
        if self.row.root and self.sent.startswith(self.row.root):
            self._pass_root()
        begin = self.at
        fault = None
        while self.at < len(self.sent) and fault is None:
            fault = self._read_bracket() if self._at_bracket() else self._read_name(begin)
        return fault

    def _pass_root(self) -> None:
        """Pass over the root, unless it is the beginning of a name."""
        after = len(self.row.root)
        if self.sent.startswith((self.row.separators, "["), after):
            self.at = after

    def _at_bracket(self) -> bool:
        return self.row.brackets != "none" and self.sent.startswith("[", self.at)

    def _take(self, token: str, end: int) -> None:
        self.tokens.append(token)
        self.at = end

    def _fault(self, reason: str, at: int | None = None) -> str:
        at = self.at if at is None else at
        return f"{reason} {'the end' if at >= len(self.sent) else f'character {at + 1}'}"

    # ------------------------------------------------------------ names

    def _read_name(self, begin: int) -> str | None:
        """Read separators and the name behind them; a bracket may stand in its place."""
        step = _step_of(self.row).match(self.sent, self.at)
        separators, name = (step[1], step[2]) if step else ("", "")
        if not separators and self.at > begin:
            return self._fault("a separator is missing at")
        self.at += len(separators)
        if self.row.deep and separators == self.row.deep:
            self.tokens.append("**")
        elif len(separators) > 1:
            return self._fault("a name is missing at", self.at - 1)
        if name and self.row.xml:
            return self._read_xml_name(name)
        if name:
            self._take(name, self.at + len(name))
        elif self.row.xml or not self._at_bracket():
            return self._fault("a name is missing at")
        return None

    def _read_xml_name(self, step: str) -> str | None:
        """Read a step of an XPath: along the axis of children or of attributes."""
        axis, _, name = step.rpartition("::")
        name = {"": "", "child": "", "attribute": "@"}.get(axis, ".") + name
        match = re.fullmatch(_XML_NAME, name)
        self.is_named = match is not None
        if match:
            self._take(match[1] + match[2], self.at + len(step))
        elif step in (".", "text()"):  # the element itself, and what it says
            self.at += len(step)
        else:
            return self._fault("no plain name of XML stands at")
        return None

    # ------------------------------------------------------------ brackets

    def _read_bracket(self) -> str | None:
        match self.row.brackets:
            case "keys":
                return self._read_key()
            case "selectors":
                return self._read_selector()
            case "predicates":
                return self._read_predicate()
            case _:
                return self._read_name_in_bracket()

    def _read_name_in_bracket(self) -> str | None:
        """`['a b']`, `[0]`, `[price]`, and `[]` for any item."""
        inner = self.at + 1
        if self.sent.startswith(tuple(self.row.quotes), inner):
            return self._read_quoted(inner)
        end = self.sent.find("]", inner)
        if end < 0:
            return self._fault("nothing closes the bracket at")
        self._take(self.sent[inner:end] or "*", end + 1)
        return None

    def _read_key(self) -> str | None:
        """`[0]`, `[app.kubernetes.io/name]`, `[name="web"]`."""
        end = re.compile(_KEY_ENDS).search(self.sent, self.at)
        if end is None:
            return self._fault("nothing closes the bracket at")
        self._take(self.sent[self.at + 1 : end.start()] or "*", end.end())
        return None

    def _read_selector(self) -> str | None:
        """`[0]`, `[*]`, `['a b']`: the selectors that stand for themselves."""
        match = re.compile(_SELECTOR).match(self.sent, self.at)
        if match:
            self._take(match[1], match.end())
            return None
        inner = _past_blanks(self.sent, self.at + 1)
        if self.sent.startswith(tuple(self.row.quotes), inner):
            return self._read_quoted(inner)
        return self._fault(_refuse_selector(self.sent, inner))

    def _read_quoted(self, inner: int) -> str | None:
        """Read a quoted name, which begins at `inner`, and what closes the bracket behind it."""
        quoted = re.compile(_QUOTED[self.sent[inner]], re.DOTALL).match(self.sent, inner)
        if quoted is None:
            return self._fault("nothing closes the quotation mark at", inner)
        end = _past_blanks(self.sent, quoted.end())
        if self.sent.startswith(",", end):
            return self._fault(_UNION)
        if not self.sent.startswith("]", end):
            return self._fault("a closing bracket is missing at", end)
        self._take(_unescape(quoted[1]), end + 1)
        return None

    def _read_predicate(self) -> str | None:
        """`[2]` behind a name, `[local-name()='a']` behind `*`."""
        name = re.compile(_LOCAL_NAME).match(self.sent, self.at) if self.is_named else None
        position = re.compile(_POSITION).match(self.sent, self.at) if self.is_named else None
        if name and self.tokens[-1] == "*":
            self.tokens.pop()
            self._take((name[1] or name[2]).rpartition(":")[2], name.end())
        elif position:
            self.is_named = False
            self._take(position[1].lstrip("0") or "0", position.end())
        else:
            return self._fault("only positions and local-name() are understood, not that at")
        return None


def _refuse_selector(sent: str, inner: int) -> str:
    """Say why a selector, which begins at `inner`, cannot be read."""
    end = sent.find("]", inner)
    held = sent[inner:end]
    if end < 0:
        return "nothing closes the bracket at"
    if held.startswith(("?", "(")):
        return "no single place is meant by the filter at"
    if "," in held:
        return _UNION
    if ":" in held:
        return "no single place is meant by the slice at"
    if held.startswith("-"):
        return "only the array's length tells what is meant by the index at"
    return "neither an index nor a quoted name is in the bracket at"


@cache
def _step_of(row: Dialect) -> re.Pattern[str]:
    """Separators and a name up to the next of them, or to a bracket."""
    separators = re.escape(row.separators)
    ends = separators + (r"\[" if row.brackets != "none" else "")
    before = f"[{separators}]*" if separators else ""
    name = f"[^{ends}]*" if ends else ".*"
    uri = r"(?:@?Q\{[^}]*\})?" if row.xml else ""
    return re.compile(f"({before})({uri}{name})", re.DOTALL)


def _past_blanks(text: str, at: int) -> int:
    """The next character that is no blank (RFC 9535, section 2.1.1)."""
    blanks = re.compile(r"[ \t\r\n]*").match(text, at)
    return blanks.end() if blanks else at


def _unescape(quoted: str) -> str:
    """Undo backslashes; two halves of a surrogate pair become one character."""
    if "\\" not in quoted:
        return quoted
    plain = re.sub(r"\\(u[0-9a-fA-F]{4}|.)", _unescape_one, quoted, flags=re.DOTALL)
    if r"\u" not in quoted:
        return plain
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def _unescape_one(match: re.Match[str]) -> str:
    escaped = match[1]
    return chr(int(escaped[1:], 16)) if len(escaped) > 1 else _ESCAPED.get(escaped, escaped)
