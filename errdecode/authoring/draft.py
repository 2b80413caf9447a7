"""A catalog file that is still to be filled in, and how it is written: `new`, `import` and `learn`.

What is not known is a blank, which begins with `TODO:` and which `errdecode catalog check` lists.
What a provider says is quoted in comments and never stands for a sentence of the catalog.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from datetime import date

from errdecode.authoring.toml_text import write_block, write_key, write_string, write_value
from errdecode.compile.rules import TO_DO
from errdecode.errors import UsageError
from errdecode.model import JSON
from errdecode.model.record import NamedTuple
from errdecode.sanitise import sanitise

DOCUMENTATION = f"{TO_DO} https:// link to the page where the provider documents its errors"
CODE = f"{TO_DO} the code as the provider writes it"
BODY = f"{TO_DO} a whole response body, its names and values invented"
SHOWS = f"{TO_DO} what this response shows"
PROBLEM_CODE = f"{TO_DO} the code that is read out of it"
_HEAD = (
    f'Replace everything that begins with "{TO_DO}", then ask `errdecode catalog check` and'
    " `errdecode catalog test`. Until nothing is left to do, this format explains nothing."
)
_DETECT = (
    "What holds in every response of this format. `at` is a pointer into the body (RFC 6901) in"
    " which `*` is any item or member; its tests are is, equals, in, matches, has, lacks, only, and"
    " known (the value is one of the codes below). Nothing is weighed by hand: list what is true."
)
_EXTRACT = (
    'Where the parts of a problem stand. With several problems in one body, `each = "/errors/*"`'
    " says where they are, and the other places are counted from there."
)
_SHAPES = "The forms that the responses come in, each with its own clues and places."
_CODES = (
    "One entry for each code, in your own words. What the provider does not say is not invented."
)
_EXAMPLES = (
    "Responses in this format, at least one for each form they come in: these are the tests."
)
_COUNTEREXAMPLES = "Look-alikes that are not in this format."
_ACTORS = "caller | provider | operator | customer"
_VERDICTS = "never | after-change | later | once | reconcile-first | unknown"
_LONGEST_QUOTE = 500
"""Characters of a provider's text in a comment."""
_WIDTH = 100
_COLUMN = 32
"""Where a comment behind a value begins, at the least."""


class Line(NamedTuple):
    """One clue, or one word of `[extract]` with its name."""

    value: JSON
    comment: str = ""
    name: str = ""
    hidden: bool = False
    """Written as a comment: something to take up by removing the mark."""


class ShapeDraft(NamedTuple):
    """One of the forms a format comes in."""

    name: str
    required: tuple[Line, ...]
    extract: tuple[Line, ...]
    excluding: tuple[Line, ...] = ()


class CodeDraft(NamedTuple):
    """A code whose meaning is still to be told."""

    keys: dict[str, JSON]
    """What it is looked up by: code, status or message."""
    heard: tuple[str, ...] = ()
    """What the provider says of it, for comments."""
    actor: str | None = None


class ExampleDraft(NamedTuple):
    """A response, and what is read out of it; also a look-alike."""

    name: str
    body: str
    status: int | None = None
    media_type: str | None = None
    url: str | None = None
    problems: tuple[dict[str, JSON], ...] | None = None
    """None: a look-alike, out of which nothing is read."""
    comment: str = ""
    shape: str = "body"
    """The form it comes in; not written."""


class Draft(NamedTuple):
    """A catalog file, from top to bottom."""

    id: str
    name: str
    head: tuple[str, ...] = ()
    """More to be said at its top."""
    documentation: str = DOCUMENTATION
    required: tuple[Line, ...] = ()
    supporting: tuple[Line, ...] = ()
    excluding: tuple[Line, ...] = ()
    extract: tuple[Line, ...] = ()
    shapes: tuple[ShapeDraft, ...] = ()
    codes: tuple[CodeDraft, ...] = ()
    examples: tuple[ExampleDraft, ...] = ()
    counterexamples: tuple[ExampleDraft, ...] = ()


BLANK_CODE = CodeDraft({"code": CODE})
BLANK_EXAMPLE = ExampleDraft(SHOWS, BODY, problems=({"code": PROBLEM_CODE},))


def check_id(id: str) -> str:
    """The id itself. Raises `UsageError` for what cannot be one."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+){0,9}", id):
        raise UsageError(
            f"{id!r} is no id", "use lower-case letters, digits and hyphens, as in example-pay"
        )
    return id


def name_for(id: str) -> str:
    """What people might call a format of this id."""
    return id.replace("-", " ").title()


def write_draft(draft: Draft) -> str:
    """The text of the file, in the order of `catalog/README.md`."""
    return "\n".join(_lines(draft)) + "\n"


def _lines(draft: Draft) -> Iterator[str]:
    yield from _remark(_HEAD)
    for text in draft.head:
        yield from _remark(text)
    yield f"id = {write_string(draft.id)}"
    yield f"name = {write_string(draft.name)}"
    yield _beside('kind = "vendor"', "standard | framework | vendor | gateway | client", 24)
    yield f"documentation = {write_string(draft.documentation)}"
    yield _beside(f"reviewed = {date.today().isoformat()}", "when you last read that page", 24)
    yield ""
    yield from _remark(_DETECT)
    yield "[detect]"
    for word in ("required", "supporting", "excluding"):
        yield from _clues(word, getattr(draft, word))
    if draft.extract:
        yield ""
        yield from _remark(_EXTRACT)
        yield "[extract]"
        yield from _words(draft.extract)
    for at, shape in enumerate(draft.shapes):
        yield ""
        yield from _shape(shape, at == 0)
    for at, code in enumerate(draft.codes):
        yield ""
        yield from _code(code, at == 0)
    yield from _responses("examples", draft.examples, _EXAMPLES)
    yield from _responses("counterexamples", draft.counterexamples, _COUNTEREXAMPLES)


def _remark(text: str) -> Iterator[str]:
    """A comment on lines of its own; foreign text is made harmless and is cut short."""
    plain = sanitise(" ".join(text.split()))
    for line in textwrap.wrap(plain, _WIDTH - 2, break_on_hyphens=False):
        yield f"# {line}"


def _beside(line: str, comment: str, column: int = _COLUMN) -> str:
    """A line with a comment behind it."""
    if not comment:
        return line
    said = sanitise(" ".join(comment.split()))
    return f"{line:<{column}} # {said}" if len(line) < column else f"{line}  # {said}"


def _clues(word: str, lines: Sequence[Line]) -> Iterator[str]:
    """A list of clues, one a line; a list without any is left out, or is a hint itself."""
    if not lines:
        return
    if all(line.hidden for line in lines):
        for line in lines:
            yield f"# {word} = [ {write_value(line.value)} ]"
        return
    yield f"{word} = ["
    for line in lines:
        mark = "# " if line.hidden else ""
        yield _beside(f"  {mark}{write_value(line.value)},", line.comment, 0)
    yield "]"


def _words(lines: Sequence[Line], prefix: str = "") -> Iterator[str]:
    """Words of an extractor."""
    for line in lines:
        mark = "# " if line.hidden else ""
        word = f"{mark}{prefix}{line.name} = {write_value(line.value)}"
        yield _beside(word, line.comment)


def _shape(shape: ShapeDraft, first: bool) -> Iterator[str]:
    if first:
        yield from _remark(_SHAPES)
    yield "[[shapes]]"
    yield f"name = {write_string(shape.name)}"
    yield from _clues("required", shape.required)
    yield from _clues("excluding", shape.excluding)
    yield from _words(shape.extract, "extract.")


def _code(code: CodeDraft, first: bool) -> Iterator[str]:
    """An entry whose meaning, remedies and retry are blanks; the first one explains the words."""
    if first:
        yield from _remark(_CODES)
    yield "[[codes]]"
    for text in code.heard:
        yield from _remark(_shorten(text))
    for key, value in code.keys.items():
        yield f"{write_key(key)} = {write_value(value)}"
    if first and "code" in code.keys and "status" not in code.keys:
        yield _beside("# status = 404", "when a code means different things at different statuses")
    yield f'title = "{TO_DO} what happened, in a few words"'
    yield f'meaning = "{TO_DO} what it means, as the documentation has it"'
    yield f'remedies = ["{TO_DO} the first thing to do, something one can see done"]'
    if code.actor or first:
        mark = "" if code.actor else "# "
        yield _beside(f'{mark}actor = "{code.actor or "caller"}"', _ACTORS if first else "")
    if first:
        yield f"# {_VERDICTS}"
    reason = f"{TO_DO} what the provider says of repeating a call"
    yield f'retry = {{ verdict = "unknown", reason = "{reason}" }}'


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"


def _responses(word: str, examples: Sequence[ExampleDraft], intro: str) -> Iterator[str]:
    for at, example in enumerate(examples):
        yield ""
        if at == 0:
            yield from _remark(intro)
        yield f"[[{word}]]"
        yield from _remark(example.comment)
        yield f"name = {write_string(example.name)}"
        for name in ("status", "media_type", "url"):
            if getattr(example, name) is not None:
                yield f"{name} = {write_value(getattr(example, name))}"
        yield f"body = {_body(example.body)}"
        if example.problems is not None:
            yield f"problems = {_problems(example.problems)}"


def _body(text: str) -> str:
    """A body: short ones on one line."""
    text = text.strip("\r\n")
    if text == BODY:
        return f"'''{text}'''"
    one_line = "\n" not in text and len(text) < _WIDTH
    return write_string(text) if one_line else write_block(text)


def _problems(problems: Sequence[dict[str, JSON]]) -> str:
    if len(problems) < 2:
        return f"[ {', '.join(map(write_value, problems))} ]" if problems else "[]"
    return "".join(("[\n", *(f"  {write_value(one)},\n" for one in problems), "]"))
