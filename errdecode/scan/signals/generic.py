"""The signals of any error: the words that errors use, with a look at what stands behind them.

Ordinary log lines bear a message, a level, often an `error` that is null: none of these is a
signal. A member counts when its name says error and its value is not empty, when two names meet
that only errors have together, or when an object holds little more than a message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_letters

from errdecode.scan.signals.common import Value, common
from errdecode.scan.signals.model import RARE, Signal, Start, escape
from errdecode.scan.signals.objects import find_small_objects
from errdecode.scan.signals.words import (
    DENIED,
    FAILED,
    SHORT,
    STATES,
    STATUSES,
    SUCCESSES,
    TELLING,
    WORDS,
)

CLOSE = rb"""(?:\\*["']|""|\\x22)"""
"""The end of a name, escaped as often as its beginning is, or doubled as CSV has it."""
COLON = CLOSE + rb"[ \t]*(?::|=>)[ \t]*"
"""What stands behind a name; the arrow is Ruby's."""
FILLED = (
    rb"""(?:\\*["'][^"'\\\n]|["']\\|["']'|\\"\\\\|\\\\\\"\\\\\\\\|\\x22[^\\\n]|""\w"""
    rb"""|[\[{][ \t]*(?:[^\]} \t\n]|\r?$)|-?[1-9]|[tT]rue)"""
)
"""The beginning of a value that says something: not null, false, 0, "", [] or {}."""
GIVEN = rb"[^ \tnN\r\n]"
"""The first byte of a value that is not null."""

_LETTERS = tuple(escape(b"%c" % one) for one in b"-_.0123456789" + ascii_letters.encode())
_LONGER = (*(one for one in _LETTERS if one != b"s"), *(b"s" + one for one in _LETTERS))
"""What follows a word that goes on, and not with an `s` alone."""
_MESSAGES = rb"(?:[mM]essage|[mM]sg|[dD]etails?|[dD]escription|[tT]itle|[rR]eason|context|hint)"
_TOLD = rb"""["'2](?:(?:error|response|status)_?)?""" + _MESSAGES + CLOSE
"""The name of a member that tells what happened."""
_ANSWERED = rb"""["'2](?:""" + _MESSAGES + rb"|[bB]ody|statusText|content|code|type)" + CLOSE
_KIND = rb"""["'2](?:[sS]tatus|[tT]ype|[dD]etail|[cC]ode|[dD]escription|[iI]nstance)""" + CLOSE
_REASONED = rb"""["'2](?:[mM]essage|[tT]ype|[cC]ode|explanation|valid|fields|result)""" + CLOSE
_END_OF_TAG = rb"(?:>|\\u003[eE])"
_HELD = _END_OF_TAG + rb"(?:[^<\n]|<[^/\n]|$)"
"""The end of an element's start, with something in it."""

_ATTRIBUTE = rb"[ \t]+[\w.:-]+=(?:\\*[\"']|\\x22)"


_NUMBERS = tuple(b"%c" % one for one in b"123456789-")
_HOLDS = (rb"\[[^] ]", rb"\{[^} ]", rb"\[ ", rb"\{ ")
_SAYS = (
    Value((), quoted=True),
    Value(_HOLDS, rb"[\[{] ?(?:[^]} \t\n]|$)"),
    Value((*_NUMBERS, b"t", b"T"), rb"(?:-?[1-9]|[tT]rue)"),
)
"""The same as `FILLED`, counted out."""
_GIVEN = Value((b"",), GIVEN)
_FALSE = Value((b"false", b"False"), rb"[fF]alse")
_FAILED = (
    Value((b"er", b"Er", b"ER", b"fa", b"Fa", b"FA", b"KO"), FAILED.pattern.encode(), True, True),
    Value(tuple(one[:2] for one in DENIED), b"(?:" + b"|".join(DENIED) + b")_[A-Z]", True),
)
_REFUSED = (
    Value((b"4", b"5"), rb"[45][0-9][0-9]"),
    Value((b"4", b"5"), rb"[45][0-9][0-9]", quoted=True),
)
_CODED = (Value(_NUMBERS), Value((rb"[^\n]",), quoted=True))
"""Any code but zero, which says that all went well."""


def named(word: str, value: bytes) -> Signal:
    """A member of a name that hardly stands anywhere, its value beginning so."""
    return Signal(Start.QUOTE, word.encode(), COLON + value, leads=RARE)


def _members() -> Iterator[Signal]:
    """Members whose name and value are enough."""
    yield from _errors()
    for word in WORDS:
        yield common(word, _SAYS) if word in SHORT else named(word, FILLED)
    for word in TELLING:
        yield named(word, GIVEN)
    for word in dict.fromkeys((*STATES, *SUCCESSES)):
        values = _FAILED if word in STATES else ()
        yield common(word, (*values, _FALSE) if word in SUCCESSES else values)


def _errors() -> Iterator[Signal]:
    """Members, elements and fields whose name says error: much of a log, so it is counted out."""
    says = common("", _SAYS)
    held = (b">", b"=", rb"\\u003", rb":{", rb": {", rb" : {", rb":\[", rb": \[", rb" : \[", b" =>")
    arrow = rb'| ?=> ?(?:[{\[][^]} ]|"[^"])'
    ends = rb"(?: ?: ?[{\[]|" + _HELD + rb"|=[^&\s\"'\\]+&[\w.-]+=" + arrow + b")"
    plain = rb"s?(?:" + says.rest + b"|" + ends + b")"
    longer = rb"(?:[A-Za-rt-z0-9_.-]|s[\w.-])[\w.-]*(?:" + COLON + FILLED + b"|" + ends + b")"
    leads = [*says.leads, *held]
    yield Signal(
        Start.NONE,
        b"rror",
        b"(?:" + plain + b"|" + longer + b")",
        leads=(*leads, *(b"s" + lead for lead in leads), *_LONGER),
    )


def _conjunctions() -> Iterator[Signal]:
    """Members that are a signal beside another one."""
    for word in STATUSES:
        yield common(word, _REFUSED, _ANSWERED)
    for word in ("code", "Code"):
        yield common(word, _CODED, _TOLD)
    for word in ("title", "Title"):
        yield common(word, (_GIVEN,), _KIND)
    for word in ("reason", "Reason"):
        yield common(word, (_GIVEN,), _REASONED)


def _lines() -> Iterator[Signal]:
    """Members that stand alone in a line, as printers of JSON write them."""
    for word in (*STATUSES, "message", "Message", "msg", "title", "reason", "Code"):
        for quote in (b'"', b"'", b'\\"', b'\\\\\\"'):
            name = quote + word.encode() + quote + b": "
            if word in STATUSES:
                yield Signal(Start.INDENT, name, rb"(?:\\*\")?[45][0-9][0-9]", leads=RARE)
            else:
                yield Signal(Start.INDENT, name, GIVEN, leads=RARE)
            if word in ("code", "Code", "message", "Message"):  # the last one, so without a comma
                value = rb"(?:null|\\*[\"'][\w.-]+\\*[\"'])(?:\r?$|\\)"
                yield Signal(Start.INDENT, name, value, leads=RARE)
    for name in (b"status: ", b"statusCode: ", b"httpStatusCode: "):  # as programs print objects
        yield Signal(Start.INDENT, name, b"[45][0-9][0-9]", leads=(b"4", b"5"))
    for quote in (b'"', b'\\"', b'\\\\\\"'):
        yield Signal(Start.INDENT, quote + b"errors" + quote + b": []", rb"(?:\r?$|\\)", leads=RARE)


def _markup() -> Iterator[Signal]:
    """Elements that say error and hold something, and the beginning of a page."""
    attribute = rb"(?:[\w.-][\w.:-]*)?" + _ATTRIBUTE
    filled = rb"(?:[\w.-][\w.:-]*)?(?:" + _HELD + b"|" + _ATTRIBUTE + b")"
    ends = (b" ", b"\t", b">", b"/", b":", rb"\\u003")
    behind = (*ends, *(b"s" + end for end in ends), *_LONGER)
    yield Signal(Start.INSIDE, b"rror", attribute, leads=behind)
    for part in (b"RROR", b"Fault", b"FAULT", b"xception"):
        yield Signal(Start.INSIDE, part, filled, leads=behind)
    yield Signal(Start.ELEMENT, b"fault", filled, leads=behind)
    for word in (*TELLING, *WORDS):
        if not re.search("rror|xception|[fF]ault", word):
            yield Signal(
                Start.ELEMENT,
                word.encode(),
                rb"(?:" + _HELD + b"|" + _ATTRIBUTE + b")",
                leads=behind,
            )
    yield Signal(Start.INSIDE, b"Exception", rb"[ \t]*/", leads=behind)  # it needs no content
    for word in SUCCESSES[:-1]:
        holds = rb"(?:[ \t][^<>\n]*)?" + _END_OF_TAG + rb"[fF]alse"
        yield Signal(Start.TAG, word.encode(), holds, leads=RARE)
    for page in ("!doctype html", "html", "title"):
        end = _END_OF_TAG if page == "title" else rb"(?:[ \t>\\]|$)"
        for name in dict.fromkeys((page, page.upper(), page.replace("doctype", "DOCTYPE"))):
            yield Signal(Start.TAG, name.encode(), end, leads=RARE)


def _texts() -> Iterator[Signal]:
    """The heads of answers that refuse, forms, and what clients say of a failure of their own."""
    for name in (b"error", b"Error", b"ERROR", b"L_ERRORCODE", b"UMerror"):
        yield Signal(Start.AMPERSAND, name, rb"[\w.-]*=[^&\s]", leads=RARE)
    yield Signal(Start.AMPERSAND, b"message=", rb"[^&\s]", leads=RARE)
    for start in (Start.LINE, Start.QUOTE):
        for version in (b"1.1", b"1.0", b"2", b"2.0", b"3"):
            for kind in (b" 4", b" 5"):
                yield Signal(start, b"HTTP/" + version + kind, rb"[0-9][0-9]", leads=RARE)
        for name in (b"grpc-status: ", b"Grpc-Status: "):
            yield Signal(start, name, rb"[1-9]", leads=RARE)
        yield Signal(start, b"curl: (", rb"[0-9]", leads=RARE)


GENERIC = (
    *_members(),
    *_conjunctions(),
    *_lines(),
    *find_small_objects(),
    *_markup(),
    *_texts(),
)
"""In no order that matters: a line with one of them is a signal line."""
