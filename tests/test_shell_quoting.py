"""Whatever was quoted for a shell comes back, and every character knows where it stood."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from errdecode.capture.dialects.line import Line
from errdecode.capture.shell import read_line
from errdecode.model import Text
from errdecode.source import to_root

_BODIES = st.text(
    st.one_of(st.sampled_from("aZ0 \n\t{}[]\"'\\`^%$&|<>@#!;:,"), st.characters(codec="utf-8")),
    max_size=40,
).map(lambda value: re.sub(r"[\x00\r]", "", value))
_ONE_LINERS = _BODIES.map(lambda value: value.replace("\n", " "))


def _read(value: str, dialect: str = "posix") -> Line:
    return read_line(Text(value), 0, len(value), dialect)[0]


def _check(command: str, body: str, dialect: str) -> None:
    """The third word is the body.

    Every character lies in its quotes, and copied ones are the same there.
    """
    line = _read(command, dialect)
    assert line.unclosed is None
    word = line.commands[0].words[2]

    assert word.value == body
    before = 0
    for at in range(len(body)):
        root, start, end = to_root(word, at, at + 1)
        assert before <= start < end
        assert command[start:end] == body[at] or end - start > 1
        assert root.value == command
        before = start


@given(_BODIES)
@settings(max_examples=150)
@example('it\'s {"a": 1}\\')
def test_single_quotes_of_bash(body: str) -> None:
    """'…' gives back every text, an apostrophe written as '\\''."""
    quoted = "'" + body.replace("'", "'\\''") + "'"
    _check(f"curl -d {quoted} https://example.com", body, "posix")


@given(_BODIES)
@settings(max_examples=150)
def test_double_quotes_of_bash(body: str) -> None:
    """ "…" gives back every text, its four special characters escaped."""
    quoted = '"' + re.sub(r'([\\"$`])', r"\\\1", body) + '"'
    _check(f"curl -d {quoted} https://example.com", body, "posix")


@given(_BODIES)
@settings(max_examples=150)
@example("é \U0001f600 '\\\n\t\x07")
def test_ansi_c_quotes_of_bash(body: str) -> None:
    """$'…' gives back every text, whichever way its characters are escaped."""
    ways = (_as_is, _as_is, _as_short, _as_long, _as_bytes)
    quoted = "".join(ways[(at + len(body)) % len(ways)](char) for at, char in enumerate(body))
    _check(f"curl -d $'{quoted}' https://example.com", body, "posix")


@given(_BODIES)
@settings(max_examples=150)
def test_carets_of_cmd(body: str) -> None:
    """The way browsers quote for cmd gives back every text, line breaks included."""
    escaped = re.sub(r'(\\*)"', r'\1\1\\"', body)
    escaped = re.sub(r"(\\+)\Z", r"\1\1", escaped)
    escaped = re.sub(r"[^a-zA-Z0-9\s_\-:=+~'/.',?;()*`]", r"^\g<0>", escaped).replace("\n", "^\n\n")
    _check(f'curl --data-raw ^"{escaped}^" https://example.com', body, "cmd")


@given(_ONE_LINERS.filter(lambda value: not re.search(r"\^[&|<>%]|\^\\\^|\^\Z", value)))
@settings(max_examples=150)
def test_plain_quotes_of_cmd(body: str) -> None:
    """Plain double quotes give back every line, its quotes escaped, its carets as they are."""
    if body.count('"') % 2:
        body += '"'  # else cmd would read what follows outside quotes
    escaped = re.sub(r"(\\+)\Z", r"\1\1", re.sub(r'(\\*)"', r'\1\1\\"', body))
    if not re.search(r'"[^"]*[&|<>^][^"]*\\"', f'"{escaped}"'):
        _check(f'curl -d "{escaped}" https://example.com', body, "cmd")


@given(_BODIES.filter(lambda value: '"' not in value or value.count('"') != value.count('\\"')))
@settings(max_examples=150)
def test_quotes_of_powershell(body: str) -> None:
    """Both kinds of quotes give back every text."""
    single = "'" + body.replace("'", "''") + "'"
    _check(f"curl.exe -d {single} https://example.com", body, "powershell")
    double = '"' + re.sub(r'([`"$])', r"`\1", body) + '"'
    _check(f"curl.exe -d {double} https://example.com", body, "powershell")


@given(_BODIES.map(lambda value: value + '"a\\'))
@settings(max_examples=150)
def test_backslashes_for_windows_programs(body: str) -> None:
    """What Windows PowerShell hands to a program is unquoted once more, when every quote has its
    backslash.
    """
    native = re.sub(r'(\\*)"', r'\1\1\\"', body)
    single = "'" + native.replace("'", "''") + "'"
    _check(f"curl.exe -d {single} https://example.com", body, "powershell")


def _as_is(char: str) -> str:
    return {"'": "\\'", "\\": "\\\\", "\n": "\\n", "\t": "\\t"}.get(char, char)


def _as_short(char: str) -> str:
    if ord(char) < 0x10000:
        return f"\\u{ord(char):04x}"
    high, low = divmod(ord(char) - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


def _as_long(char: str) -> str:
    return f"\\U{ord(char):08X}"


def _as_bytes(char: str) -> str:
    octal = ord(char) % 2
    return "".join(f"\\{byte:03o}" if octal else f"\\x{byte:02x}" for byte in char.encode())
