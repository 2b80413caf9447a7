"""Makes an edit of a payload inside the quotes of the command that sends it.

Which escapes a place needs is not derived but tried: the command is read again after each attempt,
and has to send exactly the corrected payload, with everything else as it was.
"""

from __future__ import annotations

from collections.abc import Iterator

from errdecode.capture.command import Command, find_commands
from errdecode.capture.prompts import read_prompt, without_secondary_prompts
from errdecode.correct.editing import Edit, write
from errdecode.model import Exchange, Text
from errdecode.model.record import NamedTuple
from errdecode.regex import expression
from errdecode.source import to_root

_PLAIN = expression(r"[\w .,:;/@+*=~?\[\]{}()-]*")
"""What stands for itself inside every kind of quotes."""
_RISKY = expression(r"[!%]")
"""What bash (`!`) and cmd (`%`) may replace even inside double quotes."""
_LINES = 20_000
_QUOTES = ('"', '\\"', '`"', '\\`"')
"""How a payload's quotation marks may be written where it has none yet: plain, in bash "…" and for
Windows' programs, in PowerShell "…", and there for another program."""
_STYLES: tuple[dict[str, str], ...] = (
    {},
    {"\\": "\\\\", "'": "\\'"},  # bash $'…'
    {"'": "'\\''"},  # bash '…'
    {"'": "''"},  # PowerShell '…'
    {"\\": "\\\\", '"': '\\"', "$": "\\$", "`": "\\`"},  # bash "…"
    {"$": "`$", "`": "``"},  # PowerShell "…"
    {"<": "^<", ">": "^>", "&": "^&", "|": "^|", "^": "^^"},  # cmd outside its quotes
    {"'": "'\\''", "\\": "\\\\"},
)


class Script(NamedTuple):
    """A pasted command, without the secondary prompts of its lines."""

    text: Text
    command: Command
    prompt: int
    """Characters of the prompt it begins with."""


def find_script(exchange: Exchange) -> Script | None:
    """The pasted command that sent the payload; None when that was not in a command."""
    body = exchange.request.body if exchange.request else None
    if body is None:
        return None
    root, start, end = to_root(body, 0, len(body.value))
    if root is not exchange.source:
        return None
    part = Text(root.value[exchange.start : exchange.end])
    start, end = start - exchange.start, end - exchange.start
    for command in find_commands(part):
        sent = command.request.body
        if command.start <= start and end <= command.end and sent and sent.value == body.value:
            return _cut_out(part, command)
    return None


def _cut_out(source: Text, command: Command) -> Script | None:
    value = source.value
    hit = value.find(command.program, command.start, command.end)
    behind = read_prompt(value, command.start, hit) if hit >= 0 else None
    if behind is None:
        return None
    piece = value[command.start : command.end]
    view = without_secondary_prompts(source, behind, _LINES)
    if view is not None:
        piece = value[command.start : behind] + view.value.rstrip()
    return _read(piece, behind - command.start, command.request.body)


def _read(piece: str, prompt: int, sent: Text | None) -> Script | None:
    """A piece of text as one command that sends a given payload."""
    commands = find_commands(Text(piece))
    bodies = [one.request.body for one in commands]
    if len(commands) != 1 or sent is None or bodies[0] is None or bodies[0].value != sent.value:
        return None
    root = to_root(bodies[0], 0, 0)[0]
    return Script(root, commands[0], prompt)


def edit_script(script: Script, edits: tuple[Edit, ...]) -> Script | None:
    """A command with the edits made in its payload; None when its quotes do not allow that."""
    body = script.command.request.body
    if body is None:
        return None
    wanted = Text(write(body.value, edits))
    for escaped in _attempts(script, body, edits):
        piece = write(script.text.value, escaped)
        again = _read(piece, script.prompt, wanted)
        if again and _rest(again.command) == _rest(script.command):
            return again
    return None


def _attempts(script: Script, body: Text, edits: tuple[Edit, ...]) -> Iterator[tuple[Edit, ...]]:
    """The edits in the paste, their quotes written as its own are, the rest in each style."""
    quotes = _written_quotes(script, body)
    new = "".join(one.new for one in edits).replace('"', "")
    if _RISKY.search(new) and quotes != ['"']:
        return
    ranges = [to_root(body, one.start, one.end)[1:] for one in edits]
    ranges = [_bounded(body, one, place) for one, place in zip(edits, ranges, strict=True)]
    for quote in quotes or _QUOTES:
        for style in _STYLES[:1] if _PLAIN.fullmatch(new) else _STYLES:
            table = str.maketrans({**style, '"': quote})
            yield tuple(
                Edit(start, end, one.new.translate(table))
                for one, (start, end) in zip(edits, ranges, strict=True)
            )


def _bounded(body: Text, one: Edit, place: tuple[int, int]) -> tuple[int, int]:
    """The place of an insertion: right behind the character before it, not behind an escape."""
    if one.start < one.end or one.start == 0:
        return place
    at = to_root(body, one.start - 1, one.start)[2]
    return at, at


def _written_quotes(script: Script, body: Text) -> list[str]:
    """How the paste writes the payload's quotation marks, in order of their first appearance."""
    found: dict[str, None] = {}
    at = body.value.find('"')
    while at >= 0 and len(found) < 3:
        _, start, end = to_root(body, at, at + 1)
        found[script.text.value[start:end]] = None
        at = body.value.find('"', at + 1)
    return list(found)


def _rest(command: Command) -> object:
    """All that an edit of the payload must not change."""
    request = command.request
    fields = [(field.name, field.value.value) for field in request.headers]
    url = request.url.value if request.url else None
    return command.program, request.method, url, fields, request.files, command.notes
