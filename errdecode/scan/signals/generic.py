"""The signals of any error: the words that errors use, with a look at what stands behind them.

Ordinary log lines bear a message, a level, often an `error` that is null: none of these is a
signal. A member counts when its name says error and its value is not empty, when two names meet
that only errors have together, or when an object holds little more than a message.
"""

from __future__ import annotations

from collections.abc import Iterator

from errdecode.scan.signals.model import Signal, Start
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

CLOSE = rb"""(?:\\*["']|\\x22)"""
"""The end of a name, escaped as often as its beginning is."""
COLON = CLOSE + rb"[ \t]*:[ \t]*"
FILLED = (
    rb"""(?:\\*["'][^"'\\\n]|["']\\|["']'|\\"\\\\|\\\\\\"\\\\\\\\|\\x22[^\\\n]"""
    rb"""|[\[{][ \t]*(?:[^\]} \t\n]|\r?$)|-?[1-9]|[tT]rue)"""
)
"""The beginning of a value that says something: not null, false, 0, "", [] or {}."""
GIVEN = rb"[^ \tnN\r\n]"
"""The first byte of a value that is not null."""

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


def named(word: str, value: bytes, companion: bytes = b"") -> Iterator[Signal]:
    """A member of that name, its value beginning so.

    Names that are short, or begin words that ordinary lines are full of, get their end into the
    literal: engines then stop at few other places.
    """
    name = word.encode()
    if word not in SHORT:
        rare = word in WORDS or word in TELLING
        yield Signal(Start.QUOTE, name, COLON + value, companion, rare)
        return
    colon = rb"[ \t]*:[ \t]*" + value
    yield Signal(Start.QUOTE, name + b'"', colon, companion)
    yield Signal(Start.QUOTE, name + b"'", colon, companion)
    yield Signal(Start.QUOTE, name + b"\\", rb"(?:\\*[\"']|x22)" + colon, companion)


def _members() -> Iterator[Signal]:
    """Members whose name and value are enough."""
    yield Signal(Start.NONE, b"rror", rb"[\w.:-]*(?:" + b"|".join(_after_error()) + rb")")
    for word in WORDS:
        yield from named(word, FILLED)
    for word in TELLING:
        yield from named(word, GIVEN)
    for word in dict.fromkeys((*STATES, *SUCCESSES)):
        values = []
        if word in STATES:
            values += [CLOSE + FAILED.pattern.encode() + CLOSE, CLOSE + DENIED]
        if word in SUCCESSES:
            values.append(rb"[fF]alse")
        yield from named(word, rb"(?:" + b"|".join(values) + rb")")


def _after_error() -> Iterator[bytes]:
    """What follows the name of a member, an element or a field that says error."""
    yield COLON + FILLED
    yield rb"[ \t]*:[ \t]*[{\[]"  # an object with unquoted names
    yield _HELD
    yield rb"=[^&\s\"'\\]+&[\w.-]+="


def _conjunctions() -> Iterator[Signal]:
    """Members that are a signal beside another one."""
    for word in STATUSES:
        yield from named(word, rb"(?:\\*[\"']|\\x22)?[45][0-9][0-9]", _ANSWERED)
    for word in ("code", "Code"):
        yield from named(word, rb"[^ \tnN0\r\n]", _TOLD)  # zero says that all went well
    for word in ("title", "Title"):
        yield from named(word, GIVEN, _KIND)
    for word in ("reason", "Reason"):
        yield from named(word, GIVEN, _REASONED)
    yield from named("id", CLOSE + rb"[a-z]+(?:_[a-z]+)?(?:_[a-z]+)?" + CLOSE, _TOLD)


def _lines() -> Iterator[Signal]:
    """Members that stand alone in a line, as printers of JSON write them."""
    for word in (*STATUSES, "message", "Message", "msg", "title", "reason", "Code"):
        for quote in (b'"', b"'", b'\\"', b'\\\\\\"'):
            name = quote + word.encode() + quote + b": "
            if word in STATUSES:
                yield Signal(Start.INDENT, name, rb"(?:\\*\")?[45][0-9][0-9]", rare=True)
            else:
                yield Signal(Start.INDENT, name, GIVEN, rare=True)
            if word in ("code", "Code", "message", "Message"):  # the last one, so without a comma
                value = rb"(?:null|\\*[\"'][\w.-]+\\*[\"'])(?:\r?$|\\)"
                yield Signal(Start.INDENT, name, value, rare=True)
    for quote in (b'"', b'\\"', b'\\\\\\"'):
        yield Signal(Start.INDENT, quote + b"errors" + quote + b": []", rb"(?:\r?$|\\)", rare=True)


def _markup() -> Iterator[Signal]:
    """Elements that say error and hold something, and the beginning of a page."""
    yield Signal(Start.TAG, b"", rb"[\w.:-]*rror[\w.:-]*" + _ATTRIBUTE)
    other = rb"[\w.:-]*(?:RROR|[fF]ault|FAULT|xception)[\w.:-]*"
    yield Signal(Start.TAG, b"", other + rb"(?:" + _HELD + rb"|" + _ATTRIBUTE + rb")")
    yield Signal(Start.TAG, b"", rb"[\w.:-]*Exception[ \t]*/")  # such a name needs no content
    for word in SUCCESSES[:-1]:
        holds = rb"(?:[ \t][^<>\n]*)?" + _END_OF_TAG + rb"[fF]alse"
        yield Signal(Start.TAG, word.encode(), holds, rare=word not in SHORT)
    for page in ("!doctype html", "html", "title"):
        end = _END_OF_TAG if page == "title" else rb"(?:[ \t>\\]|$)"
        for name in dict.fromkeys((page, page.upper(), page.replace("doctype", "DOCTYPE"))):
            yield Signal(Start.TAG, name.encode(), end, rare=True)


def _texts() -> Iterator[Signal]:
    """The heads of answers that refuse, forms, and what clients say of a failure of their own."""
    for name in (b"error", b"Error", b"ERROR", b"L_ERRORCODE", b"UMerror"):
        yield Signal(Start.AMPERSAND, name, rb"[\w.-]*=[^&\s]")
    yield Signal(Start.AMPERSAND, b"message=", rb"[^&\s]")
    for start in (Start.LINE, Start.QUOTE):
        for version in (b"1.1", b"1.0", b"2", b"2.0", b"3"):
            for kind in (b" 4", b" 5"):
                yield Signal(start, b"HTTP/" + version + kind, rb"[0-9][0-9]", rare=True)
        for name in (b"grpc-status: ", b"Grpc-Status: "):
            yield Signal(start, name, rb"[1-9]", rare=True)
        yield Signal(start, b"curl: (", rb"[0-9]", rare=True)


GENERIC = (
    *_members(),
    *_conjunctions(),
    *_lines(),
    *find_small_objects(),
    *_markup(),
    *_texts(),
)
"""In no order that matters: a line with one of them is a signal line."""
