"""The boundary where foreign text is made harmless for a terminal, Markdown and HTML.

Nothing is dropped: what could steer a terminal, hide or reorder characters is shown as a visible
escape such as `\\x1b`, `\\u202e` or `\\U000e0041`. A literal backslash stays as it is, so the
output may be sanitised again.
"""

from __future__ import annotations

import re

from errdecode.regex import expression

_HARMFUL = (
    "\x00-\x1f\x7f-\x9f"  # C0, DEL, C1: ESC, CSI, OSC, backspace, bell
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0"  # invisible marks, fillers
    "\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f"  # zero width, bidi, line separators
    "\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010ffff"  # lone surrogates, private use
    "\ufe00-\ufe0d\ufeff\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "\ufdd0-\ufdef\ufffe\uffff"  # noncharacters, here and at the end of each plane
    + "".join(chr(plane << 16 | low) for plane in range(1, 15) for low in (0xFFFE, 0xFFFF))
)
_EMOJI = (  # what may be joined or take a variation selector: symbols, arrows, dingbats, emoji
    "#*0-9\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf"
    "\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_JOINED = _EMOJI.removeprefix("#*0-9")

# A zero-width joiner stays between two emoji, a variation selector 15 or 16 stays behind one:
# they have a visible effect there (Unicode TS #51, ED-9a and ED-16). Elsewhere they are invisible
# freight.
_PRINTABLE = expression(  # what is invisible although `str.isprintable` lets it pass
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_BAD = expression(
    f"[{_HARMFUL}]"
    f"|(?<![{_EMOJI}])[\ufe0e\ufe0f]"
    f"|(?<![{_JOINED}])(?<![{_JOINED}]\ufe0f)\u200d"
    f"|\u200d(?![{_JOINED}])"
)

_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}

_PUNCTUATION = expression(r"[!-/:-@\[-`{-~]")
_MARKUP = expression(r"[\\`*_{}\[\]<>|~&$^]|^[-+=>:]|(?<=^[0-9])[.)]|(?<=^[0-9]{2})[.)]|!(?=\[)")
_LINKING = expression(r"[@#]|://|www\.|:\w+:|^\s|^[0-9]{3,}[.)]", re.IGNORECASE)
"""What becomes a link, a mention or an emoji by itself, or starts a block in a rarer way."""
_FENCE = expression("`{3,}")
_LINK = expression(
    r"https://"
    r"(?P<host>[a-z0-9_.-]{1,253}|\[[0-9a-f:.]{2,45}\])"
    r"(?::[0-9]{1,5})?"
    r"(?:[/?#][!#-;=?-\[\]_a-z~]*)?",  # visible ASCII without " < > \ ^ ` { | }
    re.IGNORECASE | re.ASCII,
)


def sanitise(value: str, *, keep_lines: bool = False) -> str:
    """Show every character that could do harm as an escape; a clean string is returned itself.

    With `keep_lines`, newline and tab stay; a carriage return never does: it overwrites the line.
    """
    if value.isprintable() and (value.isascii() or not _PRINTABLE.search(value)):
        return value
    if not _BAD.search(value):
        return value
    return _BAD.sub(_show_keeping_lines if keep_lines else _show, value)


def escape_markdown(value: str) -> str:
    """Escape foreign text for a line of Markdown prose, so that all of it is read as text.

    Characters of markup get a backslash; in a text that holds anything like an address, a mention
    or an emoji's name every ASCII punctuation character does (CommonMark 0.31, section 2.4). An
    empty comment keeps `@name` and `#1` apart, as GitHub and its like make links of them even when
    they are escaped. The result is one line.
    """
    clean = sanitise(value)
    marks = _PUNCTUATION if _LINKING.search(clean) else _MARKUP
    escaped = marks.sub(_escape_punctuation, clean)
    if escaped.startswith(" "):
        return "&#32;" + escaped[1:]  # four spaces would start a code block
    return escaped


def fence_for(text: str) -> str:
    """Return a code fence longer than any in the text (CommonMark 0.31, section 4.5)."""
    longest = max((len(found) for found in _FENCE.findall(text)), default=2)
    return "`" * (longest + 1)


def safe_link(url: str | None) -> str | None:
    """Return the address itself if it may become a link, else None.

    It may when it is https, names no user, has an ASCII host (punycode for others) and holds
    visible ASCII alone; quotes, angle brackets and backslashes are refused, so it can stand in an
    attribute or between `<` and `>`.
    """
    if url is None or len(url) > 2048:
        return None
    link = _LINK.fullmatch(url)
    if not link or (link["host"][0] != "[" and not link["host"].strip(".-_")):
        return None
    return url


def _show(found: re.Match[str]) -> str:
    character = found[0]
    short = _SHORT.get(character)
    if short:
        return short
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # a byte that is no UTF-8 (PEP 383)
        code -= 0xDC00
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _show_keeping_lines(found: re.Match[str]) -> str:
    return found[0] if found[0] in "\n\t" else _show(found)


def _escape_punctuation(found: re.Match[str]) -> str:
    escaped = "\\" + found[0]
    after = found.string[found.end() : found.end() + 1]
    return escaped + "<!-- -->" if found[0] in "@#" and after.isalnum() else escaped
