"""The signals of small objects: a message alone, or with one other member that no log begins with.

Log records hold a message, too, but never with so little beside it.
"""

from __future__ import annotations

from collections.abc import Iterator

from errdecode.model.record import NamedTuple
from errdecode.scan.signals.model import RARE, Signal, Start


class _Spelling(NamedTuple):
    """How an object is written at some depth of escaping."""

    blanks: tuple[bytes, ...]
    """What may stand behind the brace, as it is."""
    quote: bytes
    text: bytes
    """A string, as an expression."""


_SPELLINGS = (
    _Spelling((b"", b" "), b'"', rb'"(?:[^"\\\n]|\\\\"|\\[^\n])*"'),
    _Spelling((b"",), b'\\"', rb'\\"(?:[^"\\\n]|\\\\(?:\\[^\n]|[^\\\n]))*\\"'),
    _Spelling(
        (b"",),
        b'\\\\\\"',
        rb'\\\\\\"(?:[^"\\\n]|\\\\\\\\(?:[^\\\n]|\\\\\\["\\]))*\\\\\\"',
    ),
    _Spelling((b"", b" "), b'""', rb'""(?:[^"\\\n]|\\""|\\[^"\n])*""'),
    _Spelling(
        (b"",),
        b"\\x22",
        rb"\\x22(?:[^\\\n]|\\x[^25\n]|\\x2[^2\n]|\\x5[^C\n]|\\x5C(?:[^\\\n]|\\x))*\\x22",
    ),
)
"""As it is, escaped once, escaped twice, doubled as in CSV, and as nginx escapes it."""
_CURLY = "“”„‘’‚"
"""Quotes that a word processor puts for plain ones."""
_SPACE = rb" ?"
_CAPITALS = (b"[A-Z]",)
_MESSAGES = ("message", "Message", "msg")
_LONELY = (*_MESSAGES, "detail", "reason", "code", "Code", "error")
_OTHERS = (
    "name type Type title Title requestId request_id RequestId requestID traceId traceID trace_id "
    "hint field fields param resource key property path category domain cause object id"
).split()
"""Names that stand before a message in objects of two members; never a level or a time."""
_NEXT = rb"(?:[^ltsLTS@v\"\\\n]|[tT]race|[tT]ype|[sS]tatus)[^\"\\\n]*"
"""Names that stand behind a message there."""


def find_small_objects() -> Iterator[Signal]:
    """Yield the signals of small objects, and of lists of sentences, in each spelling."""
    for spelling in _SPELLINGS:
        for blank in spelling.blanks:
            yield from _in_spelling(spelling, blank)
    for curly in _CURLY:
        yield Signal(Start.BRACE, curly.encode(), leads=RARE)
        yield Signal(Start.BRACE, b" " + curly.encode(), leads=RARE)
    for quote in (b'"', b'\\"', b'""'):
        for colon in (b":", b": "):
            yield Signal(Start.BRACE, quote + b"errors" + quote + colon + b"[]}")
    for quote in (b'"', b'\\"', b'\\\\\\"', b'""', b"\\x22"):
        sentence = rb"[A-Z][^\"\\\n]* [^\"\\\n]*\.(?:\\*\"|\\x22)"
        last = sentence + rb"(?:,|\\|\r|$)"
        yield Signal(Start.BRACKET, quote, sentence, leads=_CAPITALS)
        yield Signal(Start.INDENT, quote, last, leads=_CAPITALS)


def _in_spelling(spelling: _Spelling, blank: bytes) -> Iterator[Signal]:
    """Objects that begin with a member of some names, and what follows."""
    ways = (
        (_LONELY, _alone(spelling)),
        (_MESSAGES, _with_another(spelling)),
        (_MESSAGES, rb"[\[{] ?(?:\\*\"|\\x22)"),
        (_OTHERS, _before_message(spelling)),
    )
    for words, rest in ways:
        for word in words:
            name = spelling.quote + word.encode() + spelling.quote
            leads = () if word == "name" else RARE  # there are logs whose records begin so
            yield Signal(Start.BRACE, blank + name, rb"[ \t]*:[ \t]*" + rest, leads=leads)


def _alone(spelling: _Spelling) -> bytes:
    """A value, and the end of the object."""
    empty = rb"|null|\[[ \t]*\]|\{[ \t]*\}"
    return rb"(?:" + spelling.text + empty + rb")" + _SPACE + rb"\}"


def _with_another(spelling: _Spelling) -> bytes:
    """A text, another member and the end of the object."""
    comma = rb"[ \t]*," + _SPACE
    name = _plain(spelling.quote) + _NEXT + _plain(spelling.quote) + rb"[ \t]*:[ \t]*"
    return spelling.text + comma + name + _value(spelling) + _SPACE + rb"\}"


def _before_message(spelling: _Spelling) -> bytes:
    """A value, a message and the end of the object.

    The message's name is written so that engines do not look for it: every line has it.
    """
    quote = _plain(spelling.quote)
    name = quote + rb"[mM][es][a-z]{1,5}" + quote + rb"[ \t]*:[ \t]*"
    comma = rb"[ \t]*," + _SPACE
    return _value(spelling) + comma + name + spelling.text + _SPACE + rb"\}"


def _value(spelling: _Spelling) -> bytes:
    return rb"(?:" + spelling.text + rb"|[^\"\\,{}\[\]\n]*)"


def _plain(text: bytes) -> bytes:
    """A text as an expression."""
    return text.replace(b"\\", b"\\\\")
