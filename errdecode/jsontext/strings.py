"""Strings of damaged JSON: any quotes, escapes and control characters, nothing altered."""

from __future__ import annotations

from errdecode.jsontext.repairs import Repairs
from errdecode.jsontext.scalars import read_scalar
from errdecode.model.record import NamedTuple
from errdecode.regex import expression

QUOTES = "\"'`“”„‘’‚"
_CURLY_DOUBLE, _CURLY_SINGLE = '“”"', "‘’'"
_CLOSERS = {
    '"': '"',
    "'": "'",
    "`": "`",
    "“": _CURLY_DOUBLE,
    "”": _CURLY_DOUBLE,
    "„": _CURLY_DOUBLE,
    "‘": _CURLY_SINGLE,
    "’": _CURLY_SINGLE,
    "‚": _CURLY_SINGLE,
}
_REPAIR = {"'": "single-quotes", "`": "backticks", '"': None}
_PLAIN = expression(r'"([^"\\\x00-\x1f]*)"[ \t\r\n]*(?=[,:}\]]|\Z)')
_CHUNK = {quote: expression(f"[^{closers}\\\\\\x00-\\x1f]*") for quote, closers in _CLOSERS.items()}
_HEX4 = expression(r"[0-9a-fA-F]{4}")
_OTHER_ESCAPE = expression(r"x([0-9a-fA-F]{2})|U([0-9a-fA-F]{8})|u\{([0-9a-fA-F]{1,6})\}")
_CUT_ESCAPE = expression(r"\\(?:u[0-9a-fA-F]{0,3})?\Z")
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_OTHERS = {"'": "'", "`": "`", "v": "\v", "0": "\0", "\n": ""}
_SPACES = expression(r"[ \t]*")
_BETWEEN = frozenset(",:=\n\r{}[]")
_BAD_BYTES = "".join(map(chr, range(0xDC80, 0xDD00)))
"""What bytes that are no UTF-8 are read as."""


class Scanned(NamedTuple):
    """A string that was read."""

    value: str
    end: int
    """Behind the closing quote, 0-based."""
    closed: bool
    """False when the text ends before the string does."""


def scan_string(text: str, at: int, repairs: Repairs, *, raw: bool = False) -> Scanned:
    """Read the string whose opening quote is at `at`; in time linear in its length.

    A quote that a word follows, and another quote on the same line, is taken for one inside the
    string. With `raw` a backslash is a character like any other (Python's r'').
    """
    plain = _PLAIN.match(text, at)
    if plain:
        return Scanned(plain[1], plain.end(1) + 1, True)
    return _Scan(text, at, repairs).run(raw=raw)


class _Scan:
    """The careful way through one string, piece by piece."""

    def __init__(self, text: str, at: int, repairs: Repairs) -> None:
        self.text = text
        self.at = at + 1
        self.quote = text[at]
        self.repairs = repairs
        self.parts: list[str] = []
        repair = _REPAIR.get(self.quote, "curly-quotes")
        if repair:
            repairs.add(repair, at)

    def run(self, *, raw: bool) -> Scanned:
        """Read to the closing quote, or to the end of the text."""
        chunk, closers = _CHUNK[self.quote], _CLOSERS[self.quote]
        while True:
            match = chunk.match(self.text, self.at)
            if match:
                self.parts.append(match[0])
                self.at = match.end()
            if self.at >= len(self.text):
                return self._cut()
            char = self.text[self.at]
            if char in closers:
                if not self._is_inner(char):
                    return Scanned("".join(self.parts), self.at + 1, True)
                self._keep(char, "inner-quotes")
            elif char == "\\" and not raw:
                self._escape()
            else:
                self._keep(char, None if char == "\\" else "controls")

    def _keep(self, char: str, repair: str | None) -> None:
        if repair:
            self.repairs.add(repair, self.at)
        self.parts.append(char)
        self.at += 1

    def _cut(self) -> Scanned:
        """End with the text; half of a surrogate pair is left out, as half an escape is.

        Half of a character in UTF-8 is, too.
        """
        value = "".join(self.parts).rstrip(_BAD_BYTES)
        if value and "\ud800" <= value[-1] <= "\udbff":
            value = value[:-1]
        return Scanned(value, len(self.text), False)

    def _is_inner(self, quote: str) -> bool:
        """Tell an unescaped quote inside the string from its end, by what follows."""
        match = _SPACES.match(self.text, self.at + 1)
        after = match.end() if match else self.at + 1
        following = self.text[after : after + 1]
        if following == quote == '"':
            return after == self.at + 1 and self.text[after + 1 : after + 2] in (",", "}", "]")
        if not following.isalnum():
            return False
        other = self.text.find(quote, after, after + 200)
        between = self.text[after:other]
        if other < 0 or not _BETWEEN.isdisjoint(between):
            return False
        return after == self.at + 1 or read_scalar(between.strip()) is None

    def _escape(self) -> None:
        """Read an escape; what no language knows stays as it is."""
        char = self.text[self.at + 1 : self.at + 2]
        if char in _ESCAPES:
            self.parts.append(_ESCAPES[char])
            self.at += 2
        elif char == "u" and _HEX4.match(self.text, self.at + 2):
            self._unicode()
        elif _CUT_ESCAPE.match(self.text, self.at):
            self.at = len(self.text)
        else:
            self._foreign(char)

    def _unicode(self) -> None:
        """Read \\uXXXX, and a surrogate pair as one character (RFC 8259, section 7)."""
        code = int(self.text[self.at + 2 : self.at + 6], 16)
        self.at += 6
        if (
            0xD800 <= code < 0xDC00
            and self.text.startswith("\\u", self.at)
            and _HEX4.match(self.text, self.at + 2)
        ):
            low = int(self.text[self.at + 2 : self.at + 6], 16)
            if 0xDC00 <= low < 0xE000:
                code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
                self.at += 6
        self.parts.append(chr(code))

    def _foreign(self, char: str) -> None:
        """Read an escape as Python or JavaScript mean it, or keep it with its backslash."""
        if char != self.quote:
            self.repairs.add("escapes", self.at)
        match = _OTHER_ESCAPE.match(self.text, self.at + 1)
        if match and int(match[1] or match[2] or match[3], 16) < 0x110000:
            self.parts.append(chr(int(match[1] or match[2] or match[3], 16)))
            self.at = match.end()
        elif char in _OTHERS:
            self.parts.append(_OTHERS[char])
            self.at += 2
        else:
            self.parts.append("\\")
            self.at += 1
