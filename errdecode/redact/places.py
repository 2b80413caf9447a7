"""Secrets that are known by the name beside them: members, parameters, elements, header fields.

The text is never parsed: damaged JSON, JSON in a JSON string, a log line or a shell command are
read alike. A few stems are searched for; only around them the text is looked at closely.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from errdecode.redact.marks import Hit, is_masked
from errdecode.redact.names import (
    COOKIES,
    CREDENTIAL,
    NONE,
    STEMS,
    WEAK,
    classify,
    stands_for_a_secret,
    word_set,
)
from errdecode.redact.quoted import decode_form, decode_string, decode_xml, string_end
from errdecode.redact.values import find_in_value, find_weak, is_telling, reads_as_message
from errdecode.regex import expression

_LONG = 4096
_FAR = 1 << 16  # so far the end of a value is looked for, where nothing nearer must end it

_NAME_CHARACTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
_NAME_END = expression(r"[\w-]{0,64}", re.ASCII)

_ASSIGN = expression(
    r"(\\*[\"']|&quot;|%22)?(\]|%5[Dd])?\s{0,16}(=>|:=|:(?!:)|=(?!=)|%3[ADad])\s{0,64}"
)
_QUOTE = expression(r"(\\{0,7})([\"'])")
_COMMA = expression(r"\s{0,64},\s{0,64}")
_BARE_SENT = expression(r"[^&\s\"'<>]*")
_BARE = expression(r"[^\s&\"'<>,;(){}\\|:]*(?::(?=\S)[^\s&\"'<>,;(){}\\|:]*)*")
_DIGIT = expression(r"\d")
_WORDS = expression(r"([a-z]{1,20}) +(?:[a-z]{1,20}[ .,]|[\"'`](?![^\"'`]{0,80}[\"'`]\s*:))?")
_BARE_MEMBER = expression(r"[^\s\"'<>,(){}\\\]\[]*")
_BARE_CREDENTIAL = expression(r"[A-Za-z-]{1,20} [^\s\"'&,;<>\\]*")
_OPTION_VALUE = expression(r"[ \t]{1,8}(?!-)(?=[^\s,;|&])")
_BARE_OPTION = expression(r"[^\s\"'`<>\\;|&]*")
_PROSE = word_set(  # what follows an option or a name where it is only spoken of
    "a an and are argument arguments as at be but by can cannot could did do does field flag flags"
    " for from had has have if in is it its may might must nor not of on option options or"
    " parameter parameters should so than that the then this to value values was were when which"
    " will with without would"
)
_LITERALS = frozenset(("true", "false", "null", "None", "True", "False", "undefined"))
_LINE = expression(r"[^\r\n]*")
_LINE_START = expression(r"(?:^|[\r\n])[ \t]*(?:[<>*|][ \t]*)?$|\\[nr]$")
_BREAK = expression(r"[\r\n]|\\+[nr]")

_NAMING = (
    *("name", "field", "param", "parameter", "key", "property", "path", "attribute", "loc"),
    *("header", "pointer"),
)
_VALUE = expression(
    r"[\s\"'](?:value|rejectedvalue|rejected_value|attemptedvalue|input|actual|received|given)"
    r"(?:\\*[\"'])?\s{0,8}[:=]\s{0,8}",
    re.IGNORECASE,
)
_FORM_PART = expression(
    r"\\*\"[^\r\n]{0,200}\r?\n(?:[\w-]{1,40}:[^\r\n]{0,200}\r?\n)?\r?\n([^\r\n]*)"
)
_LIST_END = expression(r"[\[\]]")
_OBJECT_END = expression(r"[{}]")
_COOKIE_VALUE = expression(r"\"value\"\s{0,16}:\s{0,16}\"([^\"\\]*)\"")
_COOKIE_MEMBER = expression(r":\s{0,16}\"([^\"\\]*)\"")

_TAG_CLOSE = expression(r"(?=[\s>/&\\])[^<>]{0,2000}?(?:>|&gt;|\\u003[eE])")


def find_places(text: str, *, sent: bool = False) -> list[Hit]:
    """Find the secrets in a text by the names beside them; hits may overlap and are in no order.

    `sent`: the caller wrote this text, so that prose under a secret's name is a secret too, and the
    text may be a form.
    """
    lower = text.lower()
    if len(lower) != len(text):  # U+0130 is the one character that grows
        lower = text.replace("\u0130", "I").lower()
    hits: list[Hit] = []
    reach = 0
    for start, end, kind in sorted(_named(text, lower)):
        if start < reach:
            continue  # within a long value: a list of all that looks like one would be endless
        found = _beside(text, start, end, kind, sent)
        hits += found
        for hit in found:
            if hit.end - hit.start > _LONG:
                reach = max(reach, hit.end)
    return hits


def _named(text: str, lower: str) -> Iterator[tuple[int, int, int]]:
    """Find every name that says secret: its range and kind."""
    seen = set()
    for stem in STEMS:
        at = lower.find(stem)
        while at >= 0:
            found = _NAME_END.match(text, at)
            end = found.end() if found else at + len(stem)
            start, least = at, max(0, at - 64)
            while start > least and text[start - 1] in _NAME_CHARACTERS:
                start -= 1
            start = _without_escape(text, start, at)
            kind = classify(text[start:end])
            if kind != NONE and start not in seen:
                seen.add(start)
                yield start, end, kind
            at = lower.find(stem, max(end, at + 1))


def _without_escape(text: str, start: int, at: int) -> int:
    """Step over the letters of an escape before a name: `\\nToken`, `%26token`, `\\u0026token`."""
    before = text[start - 1 : start]
    if before == "\\" and text[start] == "u" and start + 5 <= at:
        return start + 5
    if before == "\\" and text[start] in "nrt" and start < at:
        return start + 1
    if before == "%" and start + 2 <= at:
        return start + 2
    return start


def _beside(text: str, start: int, end: int, kind: int, sent: bool) -> list[Hit]:
    """Find the value that belongs to the name at `text[start:end]`."""
    if kind not in (WEAK, COOKIES) and _opens_element(text, start):
        return _element(text, end, kind, sent)
    assign = _ASSIGN.match(text, end)
    if kind == WEAK:
        if assign and assign[3] in ("=", "%3D", "%3d") and _opens_parameter(text, start, sent):
            return _weak(text, assign.end(), text[start:end], sent)
        return []
    if assign:
        return _assigned(text, start, assign, kind, sent)
    if text[start] == "-" and not text.startswith("--no-", start):
        return _option(text, end, kind, sent)
    if kind != COOKIES and start and text[start - 1] in "\"'./][" and _is_named(text, start):
        return _paired(text, end, kind, sent)
    return []


def _assigned(text: str, start: int, assign: re.Match[str], kind: int, sent: bool) -> list[Hit]:
    """Find the value behind `name:` or `name=`."""
    at = assign.end()
    if kind == COOKIES:
        return _cookie_jar(text, at)
    if text[start : at + 1] == "PWD=/":
        return []  # the shell's working directory
    if not assign[1] and text.endswith(("nexpected ", "llegal "), 0, start):
        return []  # a parser's token
    if text.startswith("[", at):
        return _listed(text, at + 1, kind, sent)
    quote = _QUOTE.match(text, at)
    if quote:
        return _string(text, quote, kind, sent)[0]
    if assign[1]:
        is_prose = not sent and _begins_prose(text, at)  # `"/pin": property is missing`
        return [] if is_prose else _bare(text, at, _BARE_MEMBER, kind, sent)
    if "\n" in assign[0] or "\r" in assign[0]:
        return []
    if assign[3] in ("=", "%3D", "%3d"):
        return _bare(text, at, _BARE_SENT if sent else _BARE, kind, sent)
    return _line_value(text, start, at, kind, sent)


def _begins_prose(text: str, at: int) -> bool:
    """Whether a sentence begins there: several words, or one that a secret is spoken of with."""
    words = _WORDS.match(text, at)
    return words is not None and (words[0].rstrip() != words[1] or words[1] in _PROSE)


def _option(text: str, end: int, kind: int, sent: bool) -> list[Hit]:
    """Find the value behind `--name` in a command."""
    blank = _OPTION_VALUE.match(text, end)
    if blank is None:
        return []
    quote = _QUOTE.match(text, blank.end())
    if quote:
        return _string(text, quote, kind, True)[0]
    found = _BARE_OPTION.match(text, blank.end())
    word = found[0].rstrip(".:,!?)") if found else ""
    if word.lower() in _PROSE or stands_for_a_secret(word):
        return []
    return _bare(text, blank.end(), _BARE_OPTION, kind, sent)


def _value(text: str, start: int, end: int, raw: str, kind: int, sent: bool) -> list[Hit]:
    """Cover a value, unless it is a server's message about the secret."""
    if not sent and reads_as_message(raw, kind):
        return []
    hits = find_in_value(raw, start, end, kind, text)
    if sent or is_telling(raw):
        return hits
    return [hit._replace(echoed=False) for hit in hits]


def _string(text: str, quote: re.Match[str], kind: int, sent: bool) -> tuple[list[Hit], int]:
    """Cover a quoted value; also tell where it ends. A cut-off one ends with its line."""
    start, level = quote.end(), len(quote[1])
    end = string_end(text, start, quote[2], level)
    after = end + level + 1
    if end < 0:
        line = _LINE.match(text, start)
        end = after = line.end() if line else start
    raw = decode_string(text[start:end], level)
    return _value(text, start, end, raw, kind, sent), after


def _listed(text: str, at: int, kind: int, sent: bool) -> list[Hit]:
    """Cover the strings and numbers of a list, up to the first item that is neither."""
    hits: list[Hit] = []
    while text[at : at + 1].isspace():
        at += 1
    while True:
        quote = _QUOTE.match(text, at)
        if quote:
            found, at = _string(text, quote, kind, sent)
            hits += found
        else:
            bare = _BARE_MEMBER.match(text, at)
            if not bare or not bare[0]:
                return hits
            hits += _bare(text, at, _BARE_MEMBER, kind, sent)
            at = bare.end()
        comma = _COMMA.match(text, at)
        if not comma:
            return hits
        at = comma.end()


def _bare(text: str, at: int, until: re.Pattern[str], kind: int, sent: bool) -> list[Hit]:
    """Cover a value without quotes: a number, a form's value, a word of damaged JSON."""
    found = until.match(text, at)
    if kind == CREDENTIAL:
        found = _BARE_CREDENTIAL.match(text, at) or found
    if not found or not found[0] or found[0] in _LITERALS:
        return []
    return _value(text, at, found.end(), decode_form(found[0]), kind, sent)


def _line_value(text: str, start: int, at: int, kind: int, sent: bool) -> list[Hit]:
    """Cover what follows `name:` without quotes: a header field, YAML, a word in prose."""
    before = text[start - 1 : start]
    if before and before in "\"'`":
        close = text.find(before, at, at + _FAR)
        stop = close if close >= 0 else min(len(text), at + _FAR)
    elif _LINE_START.search(text, max(0, start - 16), start):
        stop = len(text)
    else:
        found = _BARE.match(text, at, at + _LONG)
        telling = found and len(found[0]) >= 4 and _DIGIT.search(text, at, found.end())
        return _bare(text, at, _BARE, kind, sent) if telling else []
    line = _BREAK.search(text, at, stop)
    end = line.start() if line else stop
    while end > at and text[end - 1] in " \t\"',;":
        end -= 1
    field = kind >= CREDENTIAL or "-" in text[start:at]
    if not field and any(c.isspace() for c in text[at:end]):
        return []
    return _value(text, at, end, text[at:end], kind, sent)


def _opens_parameter(text: str, start: int, sent: bool) -> bool:
    """Tell whether a name stands in a query or form: behind `?` or `&`, escaped or not."""
    before = text[max(0, start - 5) : start]
    return before.endswith(("?", "&", "&amp;", "u0026", "%26", "%3F")) or (sent and not before)


def _weak(text: str, at: int, name: str, sent: bool) -> list[Hit]:
    """Cover a parameter whose name has many uses; `key` and `code` when it looks random."""
    found = (_BARE_SENT if sent else _BARE).match(text, at)
    value = found[0].partition("#")[0] if found else ""
    return find_weak(name, value, at)


def _is_named(text: str, start: int) -> bool:
    """Tell whether a name stands in quotes behind `"name":`, `"loc": ["body",` or such."""
    window = text[max(0, start - 110) : start]
    at = max(window.rfind(":"), window.rfind("="))
    between = window[at + 1 :]
    if at < 0 or "{" in between or "}" in between or not ('"' in between or "'" in between):
        return False
    return window[:at].rstrip(" \t\r\n\"'\\").lower().endswith(_NAMING)


def _paired(text: str, end: int, kind: int, sent: bool) -> list[Hit]:
    """Cover the value in `"name": "pin", "value": "..."`, and in a part of a multipart form."""
    part = _FORM_PART.match(text, end)
    if part:
        return _value(text, part.start(1), part.end(1), part[1], kind, sent)
    beside = _VALUE.search(text, end, end + 330)
    if not beside or "{" in text[end : beside.start()] or "}" in text[end : beside.start()]:
        return []
    quote = _QUOTE.match(text, beside.end())
    if quote:
        return _string(text, quote, kind, sent)[0]
    return _bare(text, beside.end(), _BARE_MEMBER, kind, sent)


def _cookie_jar(text: str, at: int) -> list[Hit]:
    """Cover the values of cookies in a list of `name` and `value` (HAR), or in an object."""
    if not text.startswith(("[", "{"), at):
        return []
    listed = text[at] == "["
    close = (_LIST_END if listed else _OBJECT_END).search(text, at + 1, at + _FAR)
    end = close.start() if close else min(len(text), at + _LONG)
    pattern = _COOKIE_VALUE if listed else _COOKIE_MEMBER
    return [
        Hit(found.start(1), found.end(1), found[1], is_telling(found[1]))
        for found in pattern.finditer(text, at, end)
        if not is_masked(found[1])
    ]


def _opens_element(text: str, start: int) -> bool:
    """Tell whether a name opens an XML element, with or without a prefix, escaped or not."""
    at = start
    if text[at - 1 : at] == ":":
        at -= 1
        while at > max(0, start - 32) and text[at - 1] in _NAME_CHARACTERS:
            at -= 1
    before = text[max(0, at - 5) : at]
    return before.endswith(("<", "&lt;", "u003c", "u003C"))


def _element(text: str, end: int, kind: int, sent: bool) -> list[Hit]:
    """Cover the text of an XML element whose name ends at `end`."""
    close = _TAG_CLOSE.match(text, end)
    if not close or text[close.end() - 2 : close.end()] == "/>":
        return []
    start = close.end()
    if text.startswith("<![CDATA[", start):
        start += 9
        stop = text.find("]]>", start, start + _FAR)
    else:
        marker = "<" if close[0].endswith(">") else "&lt;" if close[0].endswith(";") else "\\u003"
        stop = text.find(marker, start, start + _FAR)
    stop = stop if stop >= 0 else min(len(text), start + _FAR)
    while start < stop and text[start].isspace():
        start += 1
    while start < stop and text[stop - 1].isspace():
        stop -= 1
    return _value(text, start, stop, decode_xml(text[start:stop]), kind, sent)
