"""One shape checker for catalog files, driven by the types of `format/`."""

from __future__ import annotations

import datetime
import re
import types
import typing
from difflib import get_close_matches

from errdecode import format as words
from errdecode.expressions.quantifiers import find_nested
from errdecode.model import JSON
from errdecode.model.record import NamedTuple

Path = tuple[str | int, ...]
Hint = typing.Any  # a type annotation at run time; the standard library has no better name for it
TRAILING = "_"


class Fault(NamedTuple):
    """Something wrong in a catalog file."""

    path: Path
    """Keys and 0-based indices from the file's root."""
    message: str


def read_format(data: dict[str, JSON]) -> tuple[words.Format | None, list[Fault]]:
    """Turn a parsed TOML file into a `Format`, and gather all that does not fit the vocabulary.

    The format is None when something required is missing or of the wrong type.
    """
    faults: list[Fault] = []
    built = _table(words.Format, data, (), faults)
    return (built if isinstance(built, words.Format) and not faults else None), faults


def toml_key(field: str) -> str:
    """The TOML key of a field: Python's keywords carry a trailing underscore there."""
    return field.rstrip(TRAILING)


def _table(cls: Hint, data: Hint, path: Path, faults: list[Fault]) -> Hint:
    """Build one named tuple out of a table."""
    if cls is words.Read and isinstance(data, str):
        data = {"at": data}
    if not isinstance(data, dict):
        faults.append(Fault(path, f"expected a table, found {_found(data)}"))
        return None
    hints = field_types(cls)
    keys = {toml_key(name): name for name in hints}
    values = {}
    for key, value in data.items():
        if key in keys:
            values[keys[key]] = _value(hints[keys[key]], value, (*path, key), faults)
        else:
            faults.append(Fault((*path, key), f"unknown key {key!r}{_did_you_mean(key, keys)}"))
    missing = [name for name in hints if name not in values and name not in cls._field_defaults]
    absent = map(toml_key, missing)
    faults.extend(Fault((*path, key), f"{key!r} is missing") for key in absent)
    return None if missing else cls(**values)


def _did_you_mean(word: str, known: typing.Iterable[str]) -> str:
    close = get_close_matches(word, list(known), 1)
    return f"; did you mean {close[0]!r}?" if close else ""


_hints_of: dict[Hint, dict[str, Hint]] = {}


def field_types(cls: Hint) -> dict[str, Hint]:
    """The annotations of a named tuple's fields, resolved once: that takes a while."""
    if cls not in _hints_of:
        _hints_of[cls] = typing.get_type_hints(cls)
    return _hints_of[cls]


def _value(hint: Hint, value: Hint, path: Path, faults: list[Fault]) -> Hint:
    """Build one value by its annotation; a fault is gathered and the value given back as it is."""
    origin: Hint = typing.get_origin(hint)
    args = typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return _union(args, value, path, faults)
    if origin is tuple:
        items = value if isinstance(value, list) else [value]
        return tuple(_value(args[0], item, (*path, at), faults) for at, item in enumerate(items))
    if origin is typing.Literal:
        if value not in args:
            near = _did_you_mean(str(value), map(str, args))
            faults.append(Fault(path, f"{value!r} is none of {', '.join(map(str, args))}{near}"))
        return value
    if origin is dict:
        return _mapping(args[1], value, path, faults)
    if hasattr(hint, "_fields"):
        return _table(hint, value, path, faults)
    return _plain(hint, value, path, faults)


def _union(args: tuple[Hint, ...], value: Hint, path: Path, faults: list[Fault]) -> Hint:
    """The first alternative that fits; with none, the faults of the first."""
    first: list[Fault] = []
    for alternative in (arg for arg in args if arg is not type(None)):
        tried: list[Fault] = []
        built = _value(alternative, value, path, tried)
        if not tried:
            return built
        first = first or tried
    faults.extend(first)
    return value


def _mapping(hint: Hint, value: Hint, path: Path, faults: list[Fault]) -> Hint:
    if not isinstance(value, dict):
        faults.append(Fault(path, f"expected a table, found {_found(value)}"))
        return {}
    return {key: _value(hint, item, (*path, key), faults) for key, item in value.items()}


def _plain(hint: Hint, value: Hint, path: Path, faults: list[Fault]) -> Hint:
    """Strings, numbers and the named kinds of strings."""
    if hint is words.Date:
        if not isinstance(value, datetime.date):
            faults.append(Fault(path, f"expected a date such as 2026-11-22, found {_found(value)}"))
        return str(value)
    base = getattr(hint, "__supertype__", hint)
    if base in (str, int, float, bool):
        fits = isinstance(value, float | int) if base is float else isinstance(value, base)
        if not fits or (isinstance(value, bool) and base is not bool):
            faults.append(Fault(path, f"expected {_TYPE_WORDS[base]}, found {_found(value)}"))
        elif hint in _CHECKS and (complaint := _CHECKS[hint](value)):
            faults.append(Fault(path, complaint))
    return value


_TYPE_WORDS = {str: "a string", int: "an integer", float: "a number", bool: "true or false"}


def _found(value: Hint) -> str:
    names = {dict: "a table", list: "an array", **_TYPE_WORDS}
    return f"{names.get(type(value), type(value).__name__)}"


# ---------------------------------------------------------------- the named kinds of strings


def check_regex(pattern: str) -> str | None:
    """Why a regular expression is refused: it does not compile, or it nests quantifiers.

    The latter can take exponential time, and `re` has no time limit.
    """
    try:
        re.compile(pattern)
    except re.error as fault:
        return f"no regular expression: {fault}"
    nested = find_nested(pattern)
    if nested:
        return f"a quantifier stands over another one: {nested!r} can run forever"
    return None


def check_at(pattern: str) -> str | None:
    """Why a pointer pattern is refused."""
    if pattern not in ("", "#") and not pattern.startswith(("/", "#/")):
        return f"a pointer starts with a slash: {'/' + pattern!r}?"
    if re.search(r"~(?![01])", pattern):
        return "a tilde in a pointer is followed by 0 or 1"
    return None


def check_url(url: str) -> str | None:
    """Why a link is refused."""
    if not re.match(r"https?://[^\s/@]+(/\S*)?$", url):
        return "expected a link such as https://docs.example.com/errors"
    return None


def check_prose(text: str) -> str | None:
    """Why a sentence is refused."""
    return "this is blank" if not text.strip() else None


_CHECKS = {
    words.Regex: check_regex,
    words.At: check_at,
    words.Url: check_url,
    words.Prose: check_prose,
}
