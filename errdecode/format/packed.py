"""The vocabulary as the compiled index stores it: JSON without defaults, and back into the types
of `format/`."""

from __future__ import annotations

from errdecode.format import (
    Clue,
    Code,
    Defaults,
    Detect,
    Extract,
    Format,
    Read,
    RetryRule,
    Shape,
)
from errdecode.model import JSON


def pack(value: object) -> JSON:
    """A named tuple of the vocabulary as JSON, without the members that have their default."""
    fields: tuple[str, ...] = getattr(value, "_fields", ())
    if fields:
        defaults = getattr(value, "_field_defaults", {})
        members = ((name, getattr(value, name)) for name in fields)
        return {n: pack(v) for n, v in members if n not in defaults or v != defaults[n]}
    if isinstance(value, tuple | list):
        return [pack(item) for item in value]
    if isinstance(value, dict):
        return {key: pack(item) for key, item in value.items()}
    return value  # type: ignore[return-value]  # scalars of the vocabulary are JSON


def unpack_clue(data: JSON) -> Clue:
    """A clue out of the index."""
    members = dict(as_object(data))
    if "any" in members:
        members["any"] = tuple(unpack_clue(part) for part in as_array(members["any"]))  # type: ignore[assignment]
    return Clue(**members)  # type: ignore[arg-type]


def unpack_format(data: JSON) -> Format:
    """A format out of the index."""
    members = dict(as_object(data))
    detect = {
        word: tuple(unpack_clue(clue) for clue in as_array(clues))
        for word, clues in as_object(members.pop("detect", {})).items()
    }
    extract = _unpack_extract(members.pop("extract", {}))
    shapes = tuple(_unpack_shape(shape) for shape in as_array(members.pop("shapes", [])))
    codes = tuple(_unpack_code(code) for code in as_array(members.pop("codes", [])))
    defaults = dict(as_object(members.pop("defaults", {})))
    if "retry" in defaults:
        defaults["retry"] = _unpack_rule(defaults["retry"])  # type: ignore[assignment]
    return Format(
        **members,  # type: ignore[arg-type]
        detect=Detect(**detect),
        extract=extract,
        shapes=shapes,
        codes=codes,
        defaults=Defaults(**defaults),  # type: ignore[arg-type]
    )


def _unpack_extract(data: JSON) -> Extract:
    given = dict(as_object(data))
    tests = tuple(unpack_clue(clue) for clue in as_array(given.pop("each_is", [])))
    members = {
        word: tuple(_unpack_read(read) if isinstance(read, dict) else read for read in value)
        if isinstance(value, list)
        else value
        for word, value in given.items()
    }
    return Extract(**members, each_is=tests)  # type: ignore[arg-type]


def _unpack_read(data: JSON) -> Read:
    members = dict(as_object(data))
    if "below" in members:
        members["below"] = tuple(_unpack_read(read) for read in as_array(members["below"]))  # type: ignore[assignment]
    return Read(**members)  # type: ignore[arg-type]


def _unpack_shape(data: JSON) -> Shape:
    members = dict(as_object(data))
    for word in ("required", "supporting", "excluding"):
        clues = as_array(members.pop(word, []))
        members[word] = tuple(unpack_clue(clue) for clue in clues)  # type: ignore[assignment]
    extract = _unpack_extract(members.pop("extract", {}))
    return Shape(**members, extract=extract)  # type: ignore[arg-type]


def _unpack_code(data: JSON) -> Code:
    members = dict(as_object(data))
    if "retry" in members:
        members["retry"] = _unpack_rule(members["retry"])  # type: ignore[assignment]
    lists = ("remedies", "see_also", "expects")
    members.update({word: tuple(as_array(members[word])) for word in lists if word in members})  # type: ignore[misc]
    return Code(**members)  # type: ignore[arg-type]


def _unpack_rule(data: JSON) -> RetryRule:
    members = dict(as_object(data))
    keys = tuple(as_array(members.pop("only_with", [])))
    return RetryRule(**members, only_with=keys)  # type: ignore[arg-type]


def as_object(value: JSON) -> dict[str, JSON]:
    """A value of our own index that is an object."""
    assert isinstance(value, dict)  # noqa: S101  # our own compiled index
    return value


def as_array(value: JSON) -> list[JSON]:
    """A value of our own index that is an array."""
    assert isinstance(value, list)  # noqa: S101  # our own compiled index
    return value
