"""Reads out of a message where a parser gave up: each counts and shows the place in its own way."""

from __future__ import annotations

import re
from collections.abc import Iterable

from errdecode.locate.offsets import count_characters, line_start, line_stop
from errdecode.model.record import NamedTuple
from errdecode.regex import expression

_LONGEST_SAID = 2000
"""Characters of a message in which a place is looked for."""
_PARSING = expression(
    r"pars|syntax|json|xml|yaml|graphql|malformed|deseriali[sz]|unexpected|unterminated"
    r"|invalid (?:char|byte)|unrecognized token|not well-formed|decod|mapping|BytePosition"
    r"|\(char [0-9]",
    re.I,
)
_FITTING = expression(  # serde, whose places are lines and columns
    r"expected (?:value|ident|['\"`,:}\]])|trailing (?:char|comma)|must be a string at"
    r"|(?:missing|unknown|duplicate) (?:field|variant)|invalid (?:type|length|value): ",
    re.I,
)
"""Words of parsers that know which values fit; others have them, too."""
_ELSEWHERE = expression(r"\bat or near\b|input syntax for|\bSQL\b|ORA-[0-9]")
"""Words of databases, which count in a statement that the caller does not know."""
_UNREADABLE = expression(
    r"(?:invalid|malformed|badly[ -]formed|no(?:t|n)? (?:a )?valid|bad) json"
    r"|json[ a-z]{0,30}(?:syntax|invalid|malformed|not valid|(?:pars|decod)(?:e|ing) (?:err|fail))"
    r"|(?:pars|decod|deseriali[sz])(?:e|ing)[ a-z]{0,30}json|json syntax|looking for beginning of"
    r"|unexpected (?:token|end of (?:json|input)|eof)|unrecognized token|invalid character '"
    r"|\Asyntax error\Z|syntax error, malformed json",
    re.I,
)
"""Words of a message that a body is no JSON at all."""
_FAULT = expression(  # V8, Jackson and Go; V8 before 2022; Newtonsoft.Json; easyjson
    r"(?:token|character|byte) \(?'([^']{1,40}|')'|token (\S+) in JSON"
    r"|(?:value|encountered): (\S)\. Path|near offset [0-9]{1,9} of '([^']{1,40})'"
)
"""The sign or word at which a parser says that it gave up."""
_EXCERPT = expression(r", (\.\.\.)?\"(.{1,60})\"(\.\.\.)? is not valid JSON", re.DOTALL)
"""How V8 shows a place since 2022: ten characters before it, it, and nine behind it."""
_AROUND = 10
_POINTED = expression(r"\n([^\0]{1,200})\n( {0,80})\^\s*\Z")
"""How protobuf's C++ parser shows it: what stands around it, and a caret below.

https://github.com/protocolbuffers/protobuf, json_stream_parser.cc (ReportFailure)
"""
_BEFORE_POINTED = 20
"""Bytes that it shows before the place, where there are as many."""


class Counting(NamedTuple):
    """How a parser names a place: its words, and what it counts from."""

    words: str
    """A regular expression with the groups `line` and `column`, or `offset`."""
    first: int = 1
    """What the first line and the first column are called, or the first character."""
    unit: str = ""
    """The encoding whose code units are counted; empty: characters."""
    column: int | None = None
    """What the first column is called, if not as the first line."""


PARSERS = (
    # V8: "in JSON at position 42 (line 2 column 10)"
    Counting(r"in JSON at position (?P<offset>\d{1,9})", 0, "utf-16-le"),
    # System.Text.Json: "Path: $.a | LineNumber: 2 | BytePositionInLine: 10."
    Counting(
        r"LineNumber: (?P<line>\d{1,9}) \| BytePositionInLine: (?P<column>\d{1,9})", 0, "utf-8"
    ),
    # Newtonsoft.Json and .NET's XmlException: "Path 'a', line 2, position 10."
    Counting(r"line (?P<line>\d{1,9}), position (?P<column>\d{1,9})"),
    # expat, which counts columns from 0: "not well-formed (invalid token): line 2, column 10"
    Counting(
        r"(?:not well-formed \(invalid token\)|mismatched tag|no element found|undefined entity"
        r"|junk after document element|unclosed token|duplicate attribute|unbound prefix)"
        r": line (?P<line>\d{1,9}), column (?P<column>\d{1,9})",
        column=0,
    ),
    # Jackson "line: 2, column: 10", Gson, serde, Python, yacc: "line 2 column 10"; Dart "character"
    Counting(
        r"line:? ?(?P<line>\d{1,9})[,;]? (?:and )?(?:col(?:umn)?|char(?:acter)?):? ?"
        r"(?P<column>\d{1,9})"
    ),
    # Java's SAXParseException: "lineNumber: 2; columnNumber: 10"
    Counting(r"lineNumber: (?P<line>\d{1,9}); columnNumber: (?P<column>\d{1,9})"),
    # protobuf-go: "proto: (line 2:10): unknown field"
    Counting(r"\(line (?P<line>\d{1,9}):(?P<column>\d{1,9})\)"),
    # Elasticsearch and goccy: "[2:10] failed to parse field"; JSON5: "invalid character at 2:10"
    Counting(r"(?:\A|: )\[(?P<line>\d{1,9}):(?P<column>\d{1,9})\] "),
    Counting(r"JSON5: [^\n]{1,80} at (?P<line>\d{1,9}):(?P<column>\d{1,9})"),
    # Go's SyntaxError.Offset, the bytes read: "badly-formed JSON (at position 42)"
    Counting(r"badly-formed JSON \(at (?:position|character) (?P<offset>\d{1,9})", 1, "utf-8"),
    # Dart: "FormatException: Unexpected character (at character 42)"
    Counting(r"FormatException: [^\n]{1,200}\(at character (?P<offset>\d{1,9})\)", 1, "utf-16-le"),
    # Python "(char 42)", others "at offset 42", "near offset 42", "(offset 42)", "at byte position"
    Counting(
        r"(?:\b(?:(?:at|near) (?:(?:byte|character) )?(?:position|offset|index|character):?"
        r"|char)|\(offset) (?P<offset>\d{1,9})",
        0,
    ),
)
"""The ways of common parsers, the most particular first."""


class Told(NamedTuple):
    """A place that a message tells."""

    at: int
    """The character, 0-based."""
    basis: str
    """What that rests on, in words."""


def read_place(
    messages: Iterable[str | None], text: str, *, is_damaged: bool = False
) -> Told | None:
    """The place in a text that the first of several messages tells, which speaks of one.

    Messages that name no place, but say that the text is no JSON, mean the sign where it ceases to
    be, if it is that (`is_damaged`) and they quote no other sign.
    """
    said = [message[:_LONGEST_SAID] for message in messages if message]
    said = [one for one in said if not _ELSEWHERE.search(one)]
    for one in said:
        told = _read_counted(one, text) or _read_pointed(one, text)
        if told:
            return told
    if not is_damaged or any(re.search(p.words, one, re.I) for p in PARSERS for one in said):
        return None
    return next((_find_break(one, text) for one in said if _UNREADABLE.search(one)), None)


def says_unreadable(*said: str | None) -> bool:
    """Tell whether some message says that a body is no JSON at all."""
    return any(_UNREADABLE.search(one[:_LONGEST_SAID]) for one in said if one)


def _read_counted(said: str, text: str) -> Told | None:
    """The place that a message names by numbers, or by the part of the text around it."""
    is_parsing = _PARSING.search(said) is not None
    if not (is_parsing or _FITTING.search(said)):
        return None
    for parser in PARSERS:
        match = re.search(parser.words, said, re.I)
        if match and (is_parsing or "line" in match.groupdict()):
            at = _counted(parser, match, text)
            basis = f"{_say(parser, match)}, as the message says"
            return None if at is None else Told(_snap(said, text, at), basis)
    at = _excerpted(said, text)
    return None if at is None else Told(at, "the part of the text that the message quotes")


def _counted(parser: Counting, match: re.Match[str], text: str) -> int | None:
    """The character that a match names; None when the text has no such place."""
    groups = match.groupdict()
    start, first = 0, parser.first
    if groups.get("line"):
        begin = line_start(text, int(groups["line"]) - parser.first)
        if begin is None:
            return None
        start, first = begin, parser.first if parser.column is None else parser.column
    count = max(0, int(groups.get("offset") or groups["column"]) - first)
    at = start + count_characters(text, start, count, parser.unit)
    if groups.get("offset"):
        return at if at <= len(text) else None
    return min(at, line_stop(text, start))


def _say(parser: Counting, match: re.Match[str]) -> str:
    """A place in words, its numbers as the message has them."""
    groups = match.groupdict()
    unit = "byte" if parser.unit == "utf-8" else "character" if groups.get("offset") else "column"
    if groups.get("offset"):
        return f"{unit} {int(groups['offset'])}, counted from {parser.first}"
    from_zero = not (parser.first if parser.column is None else parser.column)
    counted = ", counted from 0" if from_zero else ""
    return f"line {int(groups['line'])}, {unit} {int(groups['column'])}{counted}"


def _fault_of(said: str) -> str:
    """The sign or word that a message quotes as the one at fault."""
    match = _FAULT.search(said)
    return match[match.lastindex or 0] if match else ""


def _snap(said: str, text: str, at: int) -> int:
    """The place itself, or the one beside it where the sign that the message quotes stands.

    Parsers name the sign they gave up at, or the one behind it.
    """
    fault = _fault_of(said)
    near = (at, at - 1, at + 1, at - len(fault), at - 2)
    places = (one for one in near if fault and one >= 0 and text.startswith(fault, one))
    return next(places, at)


def _excerpted(said: str, text: str) -> int | None:
    """The place that V8 shows by an excerpt, if that stands once in the text.

    An excerpt without dots before it is the text's beginning.
    """
    match = _EXCERPT.search(said)
    if not match:
        return None
    start = text.find(match[2])
    if start < 0 or text.find(match[2], start + 1) >= 0 or (start and not match[1]):
        return None
    if match[1]:
        at = start + count_characters(text, start, _AROUND, "utf-16-le")
        return at if at <= len(text) else None
    fault = _fault_of(said)
    at = max(0, len(match[2]) - _AROUND) if match[3] else text.find(fault) if fault else 0
    return _snap(said, text, at)


def _read_pointed(said: str, text: str) -> Told | None:
    """The place that a caret points to, below what stands around it once in the text."""
    match = _POINTED.search(said)
    if not match or not _PARSING.search(said):
        return None
    around, before = match[1], len(match[2])
    start = text.find(around)
    if start < 0 or text.find(around, start + 1) >= 0 or (before < _BEFORE_POINTED and start):
        return None
    at = start + count_characters(text, start, before, "utf-8")
    if at > start + len(around):
        return None
    return Told(at, "the part of the text that the message points at")


def _find_break(said: str, text: str) -> Told | None:
    """The first sign with which a text is no JSON (RFC 8259); None where the message means another
    one."""
    from json import JSONDecodeError, loads

    from errdecode.jsontext.strict import is_deep

    if is_deep(text):
        return None
    try:
        loads(text)
    except JSONDecodeError as fault:
        at = fault.pos
    except ValueError:  # a number of very many digits, which is JSON
        return None
    else:
        return None
    wanted = _fault_of(said)
    at = _snap(said, text, at)
    if wanted and not text.startswith(wanted, at):
        return None
    return Told(at, "the first sign that is no JSON")
