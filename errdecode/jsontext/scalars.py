"""Words and numbers of damaged JSON, as JSON, Python, JavaScript and Ruby write them."""

from __future__ import annotations

from errdecode.jsontext.reading import read_decimal, read_integer
from errdecode.model.record import NamedTuple
from errdecode.regex import expression

_STRICT = expression(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?\Z")
_LOOSE = expression(r"([-+]?(?:[0-9][0-9_]*(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)[Ln]?\Z")
_BASED = expression(r"([-+]?)0(?:[xX]([0-9a-fA-F]{1,256})|[oO]([0-7]{1,256})|[bB]([01]{1,256}))\Z")
_CONSTANT = expression(r"[-+]?(?:NaN|nan|Infinity|inf)\Z")
_CUT_NUMBER = expression(r"-?[0-9][0-9.]*(?:[eE][-+]?|\.)\Z")
_JSON_WORDS = {"true": True, "false": False, "null": None}
_WORDS: dict[str, tuple[bool | None, str]] = {
    "True": (True, "python"),
    "False": (False, "python"),
    "None": (None, "python"),
    "nil": (None, "ruby"),
    "undefined": (None, "javascript"),
    "TRUE": (True, "case"),
    "FALSE": (False, "case"),
    "NULL": (None, "case"),
    "Null": (None, "case"),
}


class Scalar(NamedTuple):
    """The value of a word or number, and the repair it took."""

    value: bool | int | float | str | None
    repair: str | None = None


def read_scalar(word: str) -> Scalar | None:
    """Read a literal or a number in any notation; None when the word is neither."""
    if word in _JSON_WORDS:
        return Scalar(_JSON_WORDS[word])
    if word in _WORDS:
        return Scalar(*_WORDS[word])
    strict = _STRICT.match(word)
    if strict:
        return _number(word, decimal=bool(strict[1] or strict[2]), repair=None)
    if _CONSTANT.match(word):
        return Scalar(word, "constants")
    return _read_based(word) or _read_loose(word)


def complete(word: str) -> Scalar | None:
    """Read the last word of a text that is cut off: the beginning of a literal or of a number."""
    for name, value in _JSON_WORDS.items():
        if name.startswith(word):
            return Scalar(value)
    return read_scalar(word.rstrip("eE+-.")) if _CUT_NUMBER.match(word) else None


def _read_based(word: str) -> Scalar | None:
    """Read hexadecimal, octal and binary integers."""
    match = _BASED.match(word)
    if not match:
        return None
    digits, base = next(
        (found, base) for found, base in zip(match.groups()[1:], (16, 8, 2), strict=True) if found
    )
    return Scalar(int(match[1] + digits, base), "numbers")


def _read_loose(word: str) -> Scalar | None:
    """Read +1, .5, 5., 1_000, 007 and 5n."""
    match = _LOOSE.match(word)
    if not match:
        return None
    plain = match[1].replace("_", "")
    return _number(plain, decimal=not plain.lstrip("+-").isdigit(), repair="numbers")


def _number(text: str, *, decimal: bool, repair: str | None) -> Scalar:
    value = read_decimal(text) if decimal else read_integer(text)
    return Scalar(value, "number-limit" if isinstance(value, str) else repair)
