"""Bytes of a log with their wrapping undone, and the way back to where each of them stands."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from errdecode.model.record import NamedTuple
from errdecode.regex import expression

_ESCAPE = expression(rb"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_TWO_FOR_ONE = tuple(b'"\\\n\r\t\b\f'[at : at + 1] for at in range(7))
"""What JSON has to escape and, as a rule, escapes with two characters (RFC 8259, section 7)."""
_HEX = expression(rb"\\x([0-9a-fA-F]{2})")
_PYTHON = expression(rb"\\(?:x([0-9a-fA-F]{2})|([\\'\"nrt]))")
_DOUBLED = expression(rb'""')
_MEANING = {b"n": b"\n", b"r": b"\r", b"t": b"\t"}

_read = json.JSONDecoder(strict=False).raw_decode


class View(NamedTuple):
    """A text cut out of a log, in UTF-8."""

    text: bytes
    at: int
    """Where it begins in the log's bytes, 0-based."""
    way: Callable[[int], int] | None = None
    """From a byte of the text to one of the log; None: they stand there as they are."""

    def locate(self, at: int) -> int:
        """Where a byte of the text stands in the log; its length stands for its end."""
        return self.at + at if self.way is None else self.way(at)


def part(view: View, start: int, end: int) -> View:
    """Cut a part out of a view."""
    way = view.way
    if way is None:
        return View(view.text[start:end], view.at + start)
    return View(view.text[start:end], way(start), lambda at: way(start + at))


def unescape_json(view: View, start: int, end: int) -> View | None:
    """Undo the escapes of a JSON string whose content stands between two places of a view.

    None when it is no content of a JSON string.
    """
    raw = view.text[start:end]
    if b"\\" not in raw:
        return part(view, start, end)
    try:
        quoted = f'"{raw.decode("utf-8", "surrogatepass")}"'
        value, stop = _read(quoted)
    except ValueError:
        return None
    if stop < len(quoted):
        return None
    text = value.encode("utf-8", "surrogatepass")
    plain = b"\\u" not in raw and b"\\/" not in raw
    return View(text, view.locate(start), _way_back(view, start, raw, text, plain=plain))


def _way_back(
    view: View, start: int, raw: bytes, text: bytes, *, plain: bool
) -> Callable[[int], int]:
    marks = [one for one in _TWO_FOR_ONE if one in text]

    def way(at: int) -> int:
        if at >= len(text):
            return view.locate(start + len(raw))
        if plain:
            escapes = 0
            for mark in marks:
                escapes += text.count(mark, 0, at)
            return view.locate(start + at + escapes)
        return view.locate(start + _walk(raw, at))

    return way


def _walk(raw: bytes, at: int) -> int:
    """The place in an escaped text of a byte of the unescaped one, escape by escape."""
    place = done = 0
    high = False
    for found in _ESCAPE.finditer(raw):
        if done + found.start() - place >= at:
            break
        done += found.start() - place
        place = found.end()
        unit = int(found[1], 16) if found[1] else 0
        if 0xD800 <= unit < 0xDC00:
            done, high = done + 3, True
            continue
        low = high and 0xDC00 <= unit < 0xE000
        done += 1 if low else 1 + (unit > 0x7F) + (unit > 0x7FF)
        high = False
        if done >= at:
            return place
    return place + max(0, at - done)


def unescape_hex(view: View, start: int, end: int) -> View:
    r"""Undo `\x22`, as nginx writes what must not stand in its access log."""
    return _replace(view, start, end, _HEX, lambda found: bytes.fromhex(found[1].decode()))


def unescape_python(view: View, start: int, end: int) -> View:
    r"""Undo the escapes of a Python literal: `\'`, `\\`, `\n`, `\xc3`."""
    return _replace(view, start, end, _PYTHON, _read_python)


def undouble(view: View, start: int, end: int) -> View:
    """Undo the doubling of quotes, as CSV does it (RFC 4180, section 2)."""
    return _replace(view, start, end, _DOUBLED, lambda _: b'"')


def _read_python(found: re.Match[bytes]) -> bytes:
    return bytes.fromhex(found[1].decode()) if found[1] else _MEANING.get(found[2], found[2])


def _replace(
    view: View,
    start: int,
    end: int,
    pattern: re.Pattern[bytes],
    read: Callable[[re.Match[bytes]], bytes],
) -> View:
    """Undo the escapes that a pattern finds."""
    raw = view.text[start:end]

    def way(at: int) -> int:
        place = done = 0
        for found in pattern.finditer(raw):
            if done + found.start() - place >= at:
                break
            done += found.start() - place + len(read(found))
            place = found.end()
        return view.locate(start + min(len(raw), place + max(0, at - done)))

    return View(pattern.sub(read, raw), view.locate(start), way)
