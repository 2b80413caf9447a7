"""Makes a correction in the source text: what it does not change keeps its very characters."""

from __future__ import annotations

import json

from errdecode.body import place
from errdecode.correct.operations import PatchError, apply, same, tokens_of, value_at
from errdecode.jsontext import read_json
from errdecode.model import JSON, Body, Patch, Text, Tree
from errdecode.model.record import NamedTuple
from errdecode.pointer import array_index
from errdecode.regex import expression

_COMMA = expression(r"\s*,\s*")
_COLON = expression(r"\s*:\s*")
_BLANK = expression(r"\s*")
_WIDEST = 200
"""Characters of a line that is shown whole."""
_AROUND = 60
"""Characters shown on either side of a change in a longer line."""


class Edit(NamedTuple):
    """A half-open range of a text, 0-based, and what takes its place."""

    start: int
    end: int
    new: str


def edit(body: Body, operation: dict[str, JSON]) -> tuple[Edit, ...] | None:
    """The edits of the body's text that carry out an operation, in order and apart.

    None when the text offers no safe place: the edited text is read again and has to hold exactly
    the patched document.
    """
    edits = plan(body, operation)
    if edits is None:
        return None
    wanted = apply(body.value, (operation,))
    reading = read_json(write(body.text.value, edits))
    if isinstance(wanted, PatchError) or reading is None or not same(reading.value, wanted):
        return None
    return edits


def plan(body: Body, operation: dict[str, JSON]) -> tuple[Edit, ...] | None:
    """The edits of an operation, not yet checked; a move is understood within one object."""
    try:
        path = tokens_of(operation.get("path"))
        kind = operation.get("op")
        if kind == "replace":
            return _replace(body, path, operation["value"])
        if kind == "add":
            return _add(body, path, operation["value"])
        if kind == "remove":
            return _remove(body, path)
        return _rename(body, tokens_of(operation.get("from")), path) if kind == "move" else None
    except (PatchError, KeyError):
        return None


def write(text: str, edits: tuple[Edit, ...]) -> str:
    """A text with its edits made."""
    parts: list[str] = []
    at = 0
    for one in edits:
        parts += (text[at : one.start], one.new)
        at = one.end
    return "".join((*parts, text[at:]))


def describe(patch: Patch, body: Body) -> tuple[str, str]:
    """The line before and after, the latter edited in the source text; long lines are cut around
    the change.

    Either may be several lines where the change spans them. Empty strings when the text offers no
    place for it.
    """
    edits = plan(body, patch.operations[0]) if len(patch.operations) == 1 else None
    if not edits:
        return "", ""
    text = body.text.value
    first, last = edits[0].start, edits[-1].end
    start = max(text.rfind("\n", 0, first), text.rfind("\r", 0, first)) + 1
    ends = [at for at in (text.find("\n", last), text.find("\r", last)) if at >= 0]
    end = min(ends, default=len(text))
    head = tail = ""
    if end - start > _WIDEST:
        head, start = ("…", first - _AROUND) if first - start > _AROUND else (head, start)
        tail, end = ("…", last + _AROUND) if end - last > _AROUND else (tail, end)
    before = text[start:end]
    after = write(before, tuple(Edit(e.start - start, e.end - start, e.new) for e in edits))
    return head + before + tail, head + after + tail


# ---------------------------------------------------------------- one operation each


def _replace(body: Body, path: tuple[str, ...], value: JSON) -> tuple[Edit, ...] | None:
    tree, old = place(body, path), value_at(body.value, path)
    if tree is None:
        return None
    if isinstance(value, list) and len(value) == 1 and same(value[0], old):
        return Edit(tree.start, tree.start, "["), Edit(tree.end, tree.end, "]")
    if isinstance(old, list) and len(old) == 1 and same(old[0], value):
        inner = place(body, (*path, "0"))
        if inner:
            return Edit(tree.start, inner.start, ""), Edit(inner.end, tree.end, "")
    return (Edit(tree.start, tree.end, _dump(value)),)


def _rename(body: Body, old: tuple[str, ...], new: tuple[str, ...]) -> tuple[Edit, ...] | None:
    tree = place(body, old)
    if tree is None or tree.key is None or not new or old[:-1] != new[:-1]:
        return None
    return (Edit(*tree.key, _dump(new[-1])),)


def _remove(body: Body, path: tuple[str, ...]) -> tuple[Edit, ...] | None:
    """Take a member away with the comma behind it, or else the one before it."""
    tree = place(body, path) if path else None
    if tree is None:
        return None
    text = body.text.value
    start = tree.key[0] if tree.key else tree.start
    behind = _COMMA.match(text, tree.end)
    if behind:
        return (Edit(start, behind.end(), ""),)
    before = len(text[:start].rstrip())
    return (Edit(before - 1 if text[before - 1 : before] == "," else start, tree.end, ""),)


def _add(body: Body, path: tuple[str, ...], value: JSON) -> tuple[Edit, ...] | None:
    if not path:
        return _replace(body, path, value)
    parent, name = value_at(body.value, path[:-1]), path[-1]
    tree = place(body, path[:-1])
    if tree is None:
        return None
    if isinstance(parent, dict):
        return _add_member(body, path, parent, tree, value)
    if not isinstance(parent, list):
        return None
    if not parent:
        return (Edit(tree.start + 1, tree.start + 1, _dump(value)),)
    at = array_index(name, len(parent))
    if at is not None:
        item = place(body, path)
        gap = _gap(body, tree, path[:-1], [str(n) for n in range(min(2, len(parent)))])
        return (Edit(item.start, item.start, _dump(value) + gap),) if item else None
    names = [str(n) for n in range(min(2, len(parent)))]
    last = place(body, (*path[:-1], str(len(parent) - 1)))
    gap = _gap(body, tree, path[:-1], names)
    return (Edit(last.end, last.end, gap + _dump(value)),) if last else None


def _add_member(
    body: Body, path: tuple[str, ...], parent: dict[str, JSON], tree: Tree, value: JSON
) -> tuple[Edit, ...] | None:
    """Add a member behind the last one, laid out like the others."""
    name = path[-1]
    if name in parent:
        return _replace(body, path, value)
    if not parent:
        new = f"{_dump(name)}: {_dump(value)}"
        return (Edit(tree.start + 1, tree.start + 1, new),)
    names = list(parent)
    last = place(body, (*path[:-1], names[-1]))
    if last is None or last.key is None:
        return None
    colon = _COLON.fullmatch(body.text.value, last.key[1], last.start)
    gap = _gap(body, tree, path[:-1], names[:2])
    if colon and colon[0] == ":" and gap == ", " and len(names) == 1:
        gap = ","  # a text without blanks stays so
    new = f"{gap}{_dump(name)}{colon[0] if colon else ': '}{_dump(value)}"
    return (Edit(last.end, last.end, new),)


def _gap(body: Body, tree: Tree, path: tuple[str, ...], names: list[str]) -> str:
    """What stands between two members: as between the first two, or as before the first."""
    text = body.text.value
    places = [place(body, (*path, name)) for name in names]
    starts = [one.key[0] if one.key else one.start for one in places if one]
    if len(starts) == 2 and places[0]:
        between = _COMMA.fullmatch(text, places[0].end, starts[1])
        if between:
            return between[0]
    lead = _BLANK.match(text, tree.start + 1)
    blank = lead[0] if lead else ""
    return "," + (blank if "\n" in blank else " ")


def _dump(value: JSON) -> str:
    return json.dumps(value, ensure_ascii=False)


def body_of(body: Body, text: Text) -> Body | None:
    """The same body after an edit, in a new text; None when it is no JSON any more."""
    reading = read_json(text.value)
    if reading is None:
        return None
    return Body("json", body.media_type, text, reading.value, reading.notes, reading.tree)
