"""What goes around a payload on its way into a paste: escapes of JSON, the quotes of every shell.

Each character is followed on its way out, so that a test knows what was written for which.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import NamedTuple

Tracked = list[tuple[str, "int | None"]]
"""A text on its way out: characters, each with the one of the payload that it was written for."""


# ---------------------------------------------------------------- JSON, written in every way


class Written(NamedTuple):
    """A JSON string as it was written."""

    text: str
    pieces: tuple[tuple[str, int, int], ...]
    """Each of its characters, and where it stands in `text`."""


SHORT = {'"': '\\"', "\\": "\\\\", "/": "\\/", "\b": "\\b", "\f": "\\f", "\n": "\\n"}
SHORT |= {"\r": "\\r", "\t": "\\t"}


def write_string(value: str, choose: Random, avoided: str = "") -> Written:
    """Write a JSON string, each character in one of the ways that RFC 8259 (section 7) has."""
    text, pieces = '"', []
    for char in value:
        units = char.encode("utf-16-be")
        digits = [units[at : at + 2].hex() for at in range(0, len(units), 2)]
        ways = ["".join(f"\\u{choose.choice((one, one.upper()))}" for one in digits)]
        ways += [SHORT[char]] if char in SHORT else []
        ways += [char] * 3 if char not in '"\\' + avoided and char >= " " else []
        way = choose.choice(ways)
        pieces.append((char, len(text), len(text) + len(way)))
        text += way
    return Written(text + '"', tuple(pieces))


class Payload(NamedTuple):
    """A payload with a string in it that a pointer names."""

    text: str
    start: int
    end: int
    pieces: tuple[tuple[str, int, int], ...]
    """The characters of the string's value, each with its place in `text`."""


def write_payload(value: str, choose: Random, avoided: str = "") -> Payload:
    """Write a payload with a string at `/boat/name`, in one line or in several."""
    blank = choose.choice(("", " ", "" if "\n" in avoided else "\n  "))
    other = write_string('it\'s "new" \\ $5 `x` %A% é🚀', choose, avoided).text
    string = write_string(value, choose, avoided)
    before = f'{{"boat":{blank}{{"note": {other},{blank}"name":{blank}'
    start = len(before)
    pieces = tuple((char, start + a, start + b) for char, a, b in string.pieces)
    text = f'{before}{string.text},{blank}"masts": 2}}}}'
    return Payload(text, start, start + len(string.text), pieces)


def nest(inner: Payload, choose: Random) -> Payload:
    """Put a payload into a string of another one, at `/document`."""
    string = write_string(inner.text, choose)
    before = '{"id": 7, "document": '
    places = [(len(before) + a, len(before) + b) for _, a, b in string.pieces]
    pieces = tuple((char, places[a][0], places[b - 1][1]) for char, a, b in inner.pieces)
    start, end = places[inner.start][0], places[inner.end - 1][1]
    return Payload(f"{before}{string.text}}}", start, end, pieces)


# ---------------------------------------------------------------- shells, which quote it

Layer = Callable[[Tracked, Random], Tracked]


def plain(text: str) -> Tracked:
    """Characters that stand for none of the payload."""
    return [(char, None) for char in text]


def each(tracked: Tracked, ways: Callable[[str], list[str]], choose: Random) -> Tracked:
    """Write each character in one of several ways."""
    return [
        (sign, owner) for char, owner in tracked for sign in choose.choice(ways(char) or [char])
    ]


def bash_single(body: Tracked, choose: Random) -> Tracked:
    """'…', an apostrophe outside of it."""
    out = plain("'")
    for char, owner in body:
        if char == "'":
            way = choose.choice((("'", "\\'", "'"), ("'\"", "'", "\"'")))
            out += [*plain(way[0]), *((sign, owner) for sign in way[1]), *plain(way[2])]
        else:
            out.append((char, owner))
    return [*out, *plain("'")]


def bash_double(body: Tracked, choose: Random) -> Tracked:
    """ "…", with backslashes."""
    special = '"\\$`'
    return [
        *plain('"'),
        *each(body, lambda char: ["\\" + char] if char in special else [], choose),
        *plain('"'),
    ]


def bash_ansi(body: Tracked, choose: Random) -> Tracked:
    """$'…', with the escapes of C."""

    def ways(char: str) -> list[str]:
        code = ord(char)
        data = char.encode()
        several = [f"\\U{code:08x}", "".join(f"\\x{byte:02X}" for byte in data)]
        several += [f"\\u{code:04X}"] if code < 0x10000 else []
        several += [f"\\{code:03o}"] if code < 128 else []
        several += ["\\" + char] if char in "'\"\\" else [char] * 5
        return several

    return [*plain("$'"), *each(body, ways, choose), *plain("'")]


def powershell_single(body: Tracked, choose: Random) -> Tracked:
    """'…', an apostrophe doubled."""
    body = for_the_program(body, '\\"') if choose.random() < 0.5 else body
    return [
        *plain("'"),
        *each(body, lambda char: ["''"] if char == "'" else [], choose),
        *plain("'"),
    ]


def powershell_double(body: Tracked, choose: Random) -> Tracked:
    """ "…", with backticks."""

    def ways(char: str) -> list[str]:
        if char in '"$`':
            return ["`" + char]
        return ["`n", "`u{a}"] if char == "\n" else [char] * 3 + [f"`u{{{ord(char):x}}}"]

    return [*plain('"'), *each(body, ways, choose), *plain('"')]


def powershell_here_string(body: Tracked, choose: Random) -> Tracked:
    """@'…'@, in which all is itself."""
    return [*plain("@'\n"), *body, *plain("\n'@")]


def for_the_program(body: Tracked, mark: str) -> Tracked:
    """Quotes as Microsoft's C runtime reads them, backslashes before them doubled."""
    out: Tracked = []
    for at, (char, owner) in enumerate(body):
        rest = "".join(one for one, _ in body[at:]).lstrip("\\") if char == "\\" else ""
        way = mark if char == '"' else "\\\\" if char == "\\" and rest[:1] in ('"', "") else char
        out += [(sign, owner) for sign in way]
    return out


def cmd_doubled(body: Tracked, choose: Random) -> Tracked:
    """ "…", a quote doubled."""
    return [*plain('"'), *for_the_program(body, '""'), *plain('"')]


def cmd_browser(body: Tracked, choose: Random) -> Tracked:
    """^"…^", with carets before all that is no letter: "Copy as cURL (cmd)"."""

    def ways(char: str) -> list[str]:
        return [] if char.isalnum() or char == " " else ["^" + char]

    return [*plain('^"'), *each(for_the_program(body, '\\"'), ways, choose), *plain('^"')]


COMMAND = "curl -sS -i https://api.example.com/boats -H {0}Content-Type: application/json{0} "
POWERSHELL = "PS C:\\> " + COMMAND.format('"').replace("curl", "curl.exe", 1)
CURLY = "‘’‚‛“”„"


class Shell(NamedTuple):
    """A way to write a command."""

    command: str
    """With its prompt, up to the payload."""
    quote: Layer
    avoided: str = ""
    """What only stands as an escape of JSON there."""


SHELLS = {
    "bash '…'": Shell("$ " + COMMAND.format("'") + "-d ", bash_single),
    'bash "…"': Shell("% " + COMMAND.format('"') + "--data-raw ", bash_double),
    "bash $'…'": Shell("ada@quay:~$ " + COMMAND.format("'") + "-d", bash_ansi),
    "cmd doubled": Shell("C:\\boats>" + COMMAND.format('"') + "-d ", cmd_doubled, "\n^"),
    "cmd browser": Shell(COMMAND.format('^"') + "^\n  --data-raw ", cmd_browser, "\n"),
    "PowerShell '…'": Shell(POWERSHELL + "-d ", powershell_single, CURLY),
    'PowerShell "…"': Shell(POWERSHELL + "`\n -d ", powershell_double, CURLY),
    "PowerShell @'…'@": Shell(POWERSHELL + "-d ", powershell_here_string),
}
