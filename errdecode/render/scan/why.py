"""Why the errors of a group were taken for one: what they have in common, and what differs."""

from __future__ import annotations

from collections.abc import Iterator

from errdecode.render import View
from errdecode.render.scan.words import count, format_of, name_of, place_of
from errdecode.sanitise import sanitise
from errdecode.scan.frames import TOO_MANY
from errdecode.scan.model import Group


def render_why(group: Group, view: View, *, json: bool = False) -> str:
    """The answer to `--why N`: text, or the group as one JSON object."""
    if json:
        from json import dumps

        from errdecode.render.scan.json import group_json

        return dumps(group_json(group), indent=2 if view.indent else None) + "\n"
    return "".join(f"{sanitise(line)}\n" for line in _lines(group))


def _lines(group: Group) -> Iterator[str]:
    yield f"group {group.number}: {count(group.count, 'error')}, {name_of(group)}"
    yield ""
    if group.message == TOO_MANY:
        yield "counted together, as there are too many groups of this format:"
        yield f"  format   {format_of(group)}"
    else:
        yield from _shared(group)
    yield ""
    yield "different, and no reason to part them:" if group.varied else "nothing else differs"
    widest = max((len(name) for name, _ in group.varied), default=0)
    for name, words in group.varied:
        yield f"  {name:<{widest}}  {words}"
    if group.exemplars:
        yield ""
        yield "to compare:"
    for one in group.exemplars:
        yield f"  {place_of(one.place)}, byte {one.place.offset:,}"


def _shared(group: Group) -> Iterator[str]:
    yield "equal in all of them, and so one group:"
    yield f"  format   {format_of(group)}"
    yield f"  code     {group.code or 'none'}"
    yield f"  pointer  {group.pointer or 'none'}"
    if group.code is None:
        yield f"  message  {group.message or 'none'}"
        yield "           (… stands for what varies; a message tells only apart what has no code)"
