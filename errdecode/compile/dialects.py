"""What a dialect inherits from the format it extends: clues, extractor, shapes, codes; and what
formats that share their codes have from others."""

from __future__ import annotations

from errdecode.clue import Codes, fold_code
from errdecode.format import Code, Detect, Extract, Format, Shape
from errdecode.model import JSON


def inherit(format: Format, formats: dict[str, Format]) -> Format:
    """A format with the clues, extractor, shapes and codes of all that it extends, and the codes of
    those with which it shares them."""
    whole = _inherit_all(format, formats)
    for other in (formats[id] for id in format.shares if id in formats):
        whole = whole._replace(codes=_join(whole.codes, _settle(_inherit_all(other, formats))))
    return whole


def _inherit_all(format: Format, formats: dict[str, Format]) -> Format:
    chain = {format.id: format}
    while (parent := formats.get(format.extends or "")) and parent.id not in chain:
        chain[parent.id] = format = parent
    *children, whole = chain.values()
    for child in reversed(children):
        whole = _extend(whole, child)
    return whole


def _extend(parent: Format, child: Format) -> Format:
    return child._replace(
        detect=Detect(*(a + b for a, b in zip(parent.detect, child.detect, strict=True))),
        extract=override(parent.extract, child.extract),
        shapes=child.shapes or parent.shapes,
        codes=_join(child.codes, parent.codes),
    )


def _settle(format: Format) -> tuple[Code, ...]:
    """The entries of a format with what holds for all of them written into each."""
    retry, actor, page = format.defaults
    page = page or format.documentation
    return tuple(
        code._replace(
            retry=code.retry or retry,
            actor=code.actor or actor,
            documentation=code.documentation or page,
        )
        for code in format.codes
    )


def _join(codes: tuple[Code, ...], others: tuple[Code, ...]) -> tuple[Code, ...]:
    """Entries, and those of others that are looked up by anything else."""
    own = {_keys(code) for code in codes}
    return codes + tuple(code for code in others if _keys(code) not in own)


def _keys(code: Code) -> tuple[JSON, ...]:
    """What an entry is looked up by; a dialect's own replaces the inherited one."""
    return (code.code, code.status, code.message, code.operation, code.timeout)


def override(base: Extract, over: Extract) -> Extract:
    """An extractor whose words replace those of another, one by one."""
    default = Extract()
    changed = {
        name: value for name, value in over._asdict().items() if value != getattr(default, name)
    }
    return base._replace(**changed)


def shapes_of(format: Format) -> tuple[Shape, ...]:
    """The format's shapes; without any of its own, the one that `[detect]` describes."""
    return format.shapes or (Shape(),)


def codes_of(format: Format) -> Codes:
    """The format's codes, for clues that ask whether a value is one of them."""
    values = (code.code for code in format.codes if code.code is not None)
    return Codes(
        frozenset(fold_code(v) if format.fold_codes else v for v in values), format.fold_codes
    )


def family_of(id: str, formats: dict[str, Format]) -> str:
    """The id at the root of a format's `extends` chain; a family counts once with its dialects."""
    seen = {id}
    while (parent := formats[id].extends) in formats and parent not in seen:
        id = str(parent)
        seen.add(id)
    return id
