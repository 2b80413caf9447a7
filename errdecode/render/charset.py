"""What a stream's charset can write: our own marks in ASCII, foreign characters as escapes."""

from __future__ import annotations

_MARKS = "│⋮…·•‹›"
_PLAIN = str.maketrans(
    {"│": "|", "·": "-", "…": "~", "•": "*", "🞄": "*", "＊": "**", "‹": "<", "›": ">"}
    | {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-"}
)


def can_draw(charset: str) -> bool:
    """Whether a charset has the characters of a frame and of a mask."""
    try:
        _MARKS.encode(charset)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def to_plain(text: str) -> str:
    """Our own marks in ASCII, each as wide as before; other foreign letters stay."""
    return text.translate(_PLAIN)


def write_in(text: str, charset: str | None, *, plain: bool) -> str:
    """Show what a charset lacks as escapes, in the way a stream does; None has all there is.

    `plain`: our own marks are made ASCII, as they would be later.
    """
    if charset is None or text.isascii():
        return text
    text = to_plain(text) if plain else text
    try:
        return text.encode(charset, "backslashreplace").decode(charset)
    except (UnicodeError, LookupError):
        return text
