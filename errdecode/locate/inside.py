"""Follows a pointer into strings that hold documents of their own: JSON in JSON or in the field of
a form, base64, gzip."""

from __future__ import annotations

from errdecode.body import place, read_body
from errdecode.locate.echo import Echo, confirm
from errdecode.model import Body, Repair
from errdecode.patterns import select_tokens
from errdecode.pointer import Tokens, build, resolve, settle
from errdecode.source import up_to

MOST_DEPTH = 8
"""Documents within one another."""


def find_inside(
    body: Body, tokens: Tokens, dialect: str, echoes: tuple[Echo, ...]
) -> tuple[Repair, ...]:
    """Go on with a pointer inside the string at which it ended; nothing when that leads nowhere.

    `dialect` is what the pointer was written in.
    """
    said: list[str] = []
    passed: Tokens = ()
    inner, rest = body, tokens
    for _ in range(MOST_DEPTH):
        resolution = resolve(inner.value, rest)
        if resolution.found:
            break
        opened = _open(inner, rest[: resolution.depth], resolution.value)
        if opened is None:
            return ()
        document, steps = opened
        passed += rest[: resolution.depth]
        said.append(f"{f'`{build(passed)}`' if passed else 'the whole body'} holds {steps}")
        inner, rest = document, _fit(document, rest[resolution.depth :], dialect)
    there = place(inner, rest)
    if not said or there is None or not resolve(inner.value, rest).found:
        return ()
    value = resolve(inner.value, rest).value
    start, end = up_to(inner.text, body.text, there.start, there.end)
    key = up_to(inner.text, body.text, *there.key) if there.key else None
    pointer, reason = build((*passed, *rest)), ", and ".join(said)
    return (Repair(pointer, "nested", reason, confirm(echoes, value), value, start, end, key),)


def _fit(document: Body, tokens: Tokens, dialect: str) -> Tokens:
    """The names of a document for the rest of a pointer: with dots in them, or those of XML."""
    if document.kind != "xml":
        exact = dialect == "json-pointer"
        return tokens if exact else settle(document.value, tokens, dialect)
    found = select_tokens(document.value, tokens, fold=True, lists=True)
    return next((where for where, _ in found), tokens)


def _open(body: Body, tokens: Tokens, value: object) -> tuple[Body, str] | None:
    """The document that a string holds, and what had to be undone for it."""
    if not isinstance(value, str) or body.kind not in ("json", "form"):
        return None
    from errdecode.body.form import open_field
    from errdecode.nested import open_string, unwrap

    tree = place(body, tokens)
    opened = open_field if body.kind == "form" else open_string
    text = opened(body.text, tree.start, tree.end) if tree else None
    if text is None:
        return None
    nested = unwrap(text)
    document = nested.body if nested else read_body(text)
    if document.kind not in ("json", "xml") or not isinstance(document.value, dict | list):
        return None
    kind = document.kind.upper()
    return document, f"{kind} as {' of '.join(nested.steps)}" if nested else f"{kind} as a string"
