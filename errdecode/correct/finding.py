"""Proposes the correction that a message asks for, and checks it before it is offered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from errdecode.correct.casts import cast, placeholder
from errdecode.correct.near import find_near
from errdecode.correct.operations import PatchError, apply, same, tokens_of, value_at
from errdecode.correct.statement import Statement, has_type, holds, read_statement
from errdecode.model import JSON, Body, Location, Patch, Problem
from errdecode.model.record import NamedTuple
from errdecode.pointer import build, resolve, type_name

_MESSAGES = ("message", "msg", "reason", "description", "error", "expected")
"""Extensions that are read when title and detail demand nothing."""
_CHOICES = ("allowedValues", "allowed_values", "allowed", "enum", "options", "valid_values")
_LONGEST = 10_000
"""Characters of a value that is put into an array or taken out of one."""
_RENAMED = ("case", "convention", "plural")
"""Kinds of repairs where the payload spells the name in another way."""


class _Case(NamedTuple):
    """What the rules know of one problem."""

    statement: Statement
    location: Location
    body: Body
    path: tuple[str, ...]
    """Where the value is, or would have to be."""
    found: bool
    value: JSON
    source: str
    """The value as it is written."""


def correct(problem: Problem, locations: Sequence[Location], body: Body | None) -> Patch | None:
    """The change of the request body that the response asks for; None when it says too little.

    Only for JSON that was read whole, and not for what follows from another fault. Every patch has
    been applied to a copy, and the result meets what the message says.
    """
    if body is None or body.kind != "json" or any(n.kind == "truncated" for n in body.notes):
        return None
    if problem.role == "consequence":
        return None
    in_body = [one for one in locations if one.document == "request.body"]
    in_body = [one for one in in_body if not one.basis] or in_body  # a line is where it is, too
    location = in_body[0] if len(in_body) == 1 else None  # a pattern's places are not all alike
    target = _find_target(location) if location else None
    if location is None or target is None:
        return None
    path, source = target
    found = resolve(body.value, path)
    for statement in _read_statements(problem):
        case = _Case(statement, location, body, path, found.found, found.value, source)
        for patch in _propose(case):
            if _is_sound(case, patch):
                return patch if _is_sure(location) else _doubt(patch)
    return None


def _find_target(location: Location) -> tuple[tuple[str, ...], str] | None:
    """Where the pointer leads, and the value's own text; as repaired when one repair stands out."""
    pointer, start, end = location.pointer, location.start, location.end
    if not location.found and location.repairs:
        sure = [repair for repair in location.repairs if repair.confirmed]
        only = sure if len(sure) == 1 else list(location.repairs)
        if len(only) != 1:
            return None
        pointer, start, end = only[0].pointer, only[0].start, only[0].end
    try:
        return tokens_of(pointer), location.text.value[start:end] if location.text else ""
    except PatchError:
        return None


def _is_sure(location: Location) -> bool:
    """Whether the server itself names the place: by its pointer, or by an echo of the value."""
    return location.found or any(repair.confirmed for repair in location.repairs)


def _doubt(patch: Patch) -> Patch:
    return patch._replace(applicability="maybe") if patch.applicability == "certain" else patch


def _read_statements(problem: Problem) -> Iterator[Statement]:
    """What the parts of a problem demand, the most special first."""
    extensions = problem.extensions
    listed = next((extensions[name] for name in _CHOICES if name in extensions), None)
    if isinstance(listed, list) and 0 < len(listed) <= 100:
        words = [one for one in listed if isinstance(one, str)]
        if len(words) == len(listed):
            yield Statement(allowed=tuple(words))
    messages = [problem.detail, problem.title, *(extensions.get(name) for name in _MESSAGES)]
    for message in messages:
        if isinstance(message, str) and message.strip():
            statement = read_statement(message)
            if statement != Statement():
                yield statement


def _propose(case: _Case) -> Iterator[Patch]:
    if not case.found:
        yield from _add_missing(case, case.path)
        return
    if case.statement.required:
        yield from _restore_name(case)
        yield from _add_named(case)
        return
    if case.statement.unknown or case.statement.meant:
        yield from _rename(case)
    yield from _choose(case)
    yield from _convert(case)
    yield from _shorten(case)


# ---------------------------------------------------------------- values


def _choose(case: _Case) -> Iterator[Patch]:
    """The allowed value that is meant; or the one that the message suggests."""
    allowed, value = case.statement.allowed, case.value
    if not isinstance(value, str):
        return
    meant = case.statement.meant
    near = find_near(value, allowed or ((meant,) if meant else ()))
    if near is None:
        return
    word, alike = near
    if not allowed:
        yield _replace(case, word, "maybe", f"the server suggests {_show(word)}")
    elif alike:
        reason = f"the server allows {_show(word)}, which is spelt alike"
        yield _replace(case, word, "certain", reason)
    else:
        reason = f"of the values that the server allows, only {_show(word)} is close"
        yield _replace(case, word, "maybe", reason)


def _convert(case: _Case) -> Iterator[Patch]:
    """The value in the type that the server wants."""
    wanted = case.statement.type
    if wanted is None or has_type(case.value, wanted):
        return
    if wanted == "string" and not (case.statement.whole or case.statement.longest):
        return  # a format, say, which the value would not have
    converted = cast(case.value, wanted, case.source)
    if converted is None or len(case.source) > _LONGEST:
        return
    sure = converted.sure and case.statement.whole
    article = "an" if wanted[0] in "aio" else "a"
    reason = f"the server wants {article} {wanted}, this is {_name(case.value)}"
    yield _replace(case, converted.value, "certain" if sure else "maybe", reason)


def _shorten(case: _Case) -> Iterator[Patch]:
    """The value cut to the length that the server allows."""
    most = case.statement.longest
    if most is None or not isinstance(case.value, str) or len(case.value) <= most:
        return
    shorter = case.value[:most]
    if not case.value.isascii():
        import unicodedata

        end = most
        while end and (
            unicodedata.combining(case.value[end]) or "\u200d" in case.value[end - 1 :][:2]
        ):
            end -= 1
        shorter = case.value[:end]
    if shorter:
        reason = f"the server allows {most} characters, these are {len(case.value)}"
        yield _replace(case, shorter, "maybe", reason)


def _replace(case: _Case, value: JSON, applicability: str, reason: str) -> Patch:
    operation: dict[str, JSON] = {"op": "replace", "path": build(case.path), "value": value}
    return Patch((operation,), applicability, reason)


# ---------------------------------------------------------------- members


def _rename(case: _Case) -> Iterator[Patch]:
    """The member under the name that the message suggests."""
    meant, name = case.statement.meant, case.path[-1:]
    if meant and name and meant != name[0] and find_near(name[0], (meant,)):
        yield from _move(case, case.path, meant, f"the server suggests {_show(meant)}")


def _restore_name(case: _Case) -> Iterator[Patch]:
    """The member that the server misses, under the name it knows: the payload spells another."""
    if case.location.found or len(case.location.repairs) != 1:
        return
    repair = case.location.repairs[0]
    wanted = tokens_of(case.location.pointer)
    if repair.kind in _RENAMED and wanted and wanted[:-1] == case.path[:-1]:
        reason = f"the server misses {_show(wanted[-1])}, and the payload spells it otherwise"
        yield from _move(case, case.path, wanted[-1], reason)


def _move(case: _Case, path: tuple[str, ...], name: str, reason: str) -> Iterator[Patch]:
    parent = resolve(case.body.value, path[:-1]).value
    twice = any(note.kind == "duplicate-key" for note in case.body.notes)
    if isinstance(parent, dict) and name not in parent and not twice:
        target = build((*path[:-1], name))
        yield Patch(({"op": "move", "from": build(path), "path": target},), "maybe", reason)


def _add_missing(case: _Case, path: tuple[str, ...]) -> Iterator[Patch]:
    """A member that the server misses, at the place that its pointer names."""
    if not case.statement.required or not path:
        return
    parent = resolve(case.body.value, path[:-1])
    if not parent.found or not isinstance(parent.value, dict):
        return
    if len(case.location.suggestions) == 1 and find_near(path[-1], case.location.suggestions):
        other = case.location.suggestions[0]
        reason = f"the server misses {_show(path[-1])}, and {_show(other)} is close to it"
        yield from _move(case, (*path[:-1], other), path[-1], reason)
    value = placeholder(path[-1], case.statement.type)
    operation: dict[str, JSON] = {"op": "add", "path": build(path), "value": value}
    yield Patch((operation,), "placeholder", f"the server misses {_show(path[-1])}: put its value")


def _add_named(case: _Case) -> Iterator[Patch]:
    """A member of the object pointed at, which the message names."""
    name = case.statement.name
    if name and isinstance(case.value, dict) and name not in case.value:
        yield from _add_missing(case, (*case.path, name))


# ---------------------------------------------------------------- the check


def _is_sound(case: _Case, patch: Patch) -> bool:
    """Apply a patch to a copy, and hold the result against what the message says."""
    before = case.body.value
    after = apply(before, patch.operations)
    if isinstance(after, PatchError):
        return False
    operation = patch.operations[0]
    path = tokens_of(operation["path"])
    value = value_at(after, path)
    if operation["op"] == "move":
        old = tokens_of(operation["from"])
        return not resolve(after, old).found and same(value, value_at(before, old))
    if operation["op"] == "add":
        return not resolve(before, path).found
    return holds(case.statement, value) and not same(value, value_at(before, path))


def _show(word: str) -> str:
    return f'"{word if len(word) <= 40 else word[:39] + "…"}"'


def _name(value: JSON) -> str:
    name = type_name(value)
    return name if value is None else f"{'an' if name[0] in 'aio' else 'a'} {name}"
