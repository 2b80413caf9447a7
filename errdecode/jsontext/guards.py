"""What stands around JSON in the wild: script guards, JSONP, log prefixes, code fences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from errdecode.model.record import NamedTuple
from errdecode.regex import expression

_AROUND = r"(?:[\s\ufeff\u200b\u2060\x00-\x1a\x1c-\x1f]|\x1b\[[0-9;]{0,20}[mK])*"
_BLANKS = expression(_AROUND)
_PLAIN = expression(r"[ \t\r\n]*")
_NAME = r"[\w$][\w$.\[\]]{0,99}"
_GUARDS = (
    (expression(r"\)\]\}'?,?"), "a guard against script inclusion", ""),
    (
        expression(r"(?:while|for) ?\((?:1|true|;;)\) ?;?(?: ?\{\})?"),
        "a guard against script inclusion",
        "",
    ),
    (expression(r"throw [^;\n]{1,80};[^\n{\[]{0,40}"), "a guard against script inclusion", ""),
    (expression(r"\{\} ?&& ?|&&&START&&&"), "a guard against script inclusion", ""),
    (
        expression(r"(?:/\*\*/ ?)?(?:typeof [^&\n]{1,120}&& ?)?" + _NAME + r" ?\("),
        "a JSONP call",
        ");",
    ),
    (expression(r"(?:(?:var|let|const) +)?" + _NAME + r" ?= ?(?=[{\[])"), "an assignment", ";"),
    (expression(r"(?:export default|return|module\.exports ?=) ?(?=[{\[])"), "a statement", ";"),
    (expression(r"```[\w+\-]{0,20}[ \t]*\r?\n"), "a code fence", "`"),
)
_PYTHON = expression(r"(?:collections\.)?(?:OrderedDict|defaultdict|Counter|deque)\(")
_LOG = expression(
    r"[\[(<]?(?:\d{4}-\d\d-\d\d|\d\d:\d\d:\d\d|[A-Z][a-z]{2} +\d{1,2} \d\d:|"
    r"(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|ERR|FATAL|CRITICAL|SEVERE)\b"
    r"|(?:time|timestamp|ts|level|lvl)=)",  # logfmt
    re.IGNORECASE,
)
_COMMAND = expression(
    r"[<$%>#&|]|(?:PS [A-Z]:|curl|wget|https?|echo|printf|cat)\b|[\w.@~-]+[:@][^ ]*[$#%] "
)
_CANDIDATE = expression(
    r"""(?<!["'`\w])[{\[]\s*["'{\[\\}\]]"""
    r"""|(?<=["'`])[{\[](?=(?:\\[nrt]|[\s\[{])*+\\+")"""  # a string that holds JSON: `body="{\"a\"`
)
LITERAL = expression(
    r"""\s*+(?P<literal>(?P<prefix>[bBuU]?[rR]?)(?=['"](?:\\[nrt]|\s)*+[{\[<])"""
    r"""(?:'(?:[^'\\]|\\.)*+'|"(?:[^"\\]|\\.)*+"))\s*\Z""",
    re.DOTALL,
)
"""A text that is one string literal, in which JSON or markup begins."""
_PREFIX = 400
"""Characters of the first line in which JSON may begin."""
_TRIES = 4


class Start(NamedTuple):
    """A place where JSON may begin."""

    at: int
    """0-based."""
    begin: int = 0
    """Where the text itself begins, behind blanks."""
    name: str = ""
    """What stands before it, in words; empty when nothing does."""
    trailer: str = ""
    """Characters that belong to the guard and may follow the JSON."""
    known: bool = True
    """False when what stands before it is just some text."""
    marked: bool = False
    """True when a byte order mark or unusual blanks stand before it."""


def find_starts(text: str) -> Iterator[Start]:
    """Yield the few places where JSON may begin, the likeliest first; none inside a literal, whose
    escapes have to be undone first."""
    if LITERAL.match(text):
        return
    begin = _match_end(_BLANKS, text, 0)
    marked = begin > _match_end(_PLAIN, text, 0)
    guarded = _pass_guards(text, begin)
    if guarded:
        yield guarded
    if text[begin : begin + 1] in ("{", "["):
        yield Start(begin, begin, marked=marked)
    yield from _find_after_prefix(text, begin)


def find_core(text: str) -> tuple[int, int]:
    """The range of the text without the blanks and marks around it."""
    begin = _match_end(_BLANKS, text, 0)
    return begin, max(
        begin, len(text.rstrip("\ufeff\u200b\u2060\0 \t\r\n\f\v\u00a0\u2028\u2029\u3000"))
    )


def skip_trailer(text: str, end: int, start: Start) -> int:
    """Step over the blanks and the guard's own characters that follow the JSON."""
    end = _match_end(_BLANKS, text, end)
    while start.trailer and end < len(text) and text[end] in start.trailer:
        end = _match_end(_BLANKS, text, end + 1)
    return end


def _pass_guards(text: str, begin: int) -> Start | None:
    """Step over guards, one behind the other; None when there is none or no JSON follows."""
    at, name, trailer = begin, "", ""
    if _PYTHON.match(text, at):
        return Start(at, begin)
    for pattern, words, closing in _GUARDS:
        match = pattern.match(text, at)
        if match:
            at = _match_end(_BLANKS, text, match.end())
            name, trailer = name or words, trailer + closing
    if name and text[at : at + 1] in ("{", "["):
        return Start(at, begin, name, trailer)
    return None


def _find_after_prefix(text: str, begin: int) -> Iterator[Start]:
    """Yield the places in the first line where JSON begins behind a log prefix or other words."""
    line = text[begin : begin + _PREFIX].partition("\n")[0]
    if _COMMAND.match(line):
        return
    known = bool(_LOG.match(line))
    tries = 0
    for match in _CANDIDATE.finditer(text, begin, begin + len(line) + 2):
        if match.start() > begin and match.start() < begin + len(line):
            tries += 1
            if tries > _TRIES:
                return
            name = "a log prefix" if known else "other text"
            yield Start(match.start(), begin, name, known=known)


def _match_end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at
