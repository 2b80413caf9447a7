"""The values a server quotes as those it refused: read from a problem, held against a payload."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from errdecode.model import JSON, Location, Note, Problem
from errdecode.model.record import NamedTuple
from errdecode.patterns import scalar

_LONGEST_TEXT = 4000
"""Characters of a message that are searched for quoted values."""
_MOST_PIECES = 50
_LONGEST_SHOWN = 60
"""Characters of a value that a note repeats; a longer one is not cut, but left out."""

_MEMBERS = frozenset(
    "value rejectedvalue invalidvalue attemptedvalue actualvalue badvalue received actual input"
    " given got provided".split()
)
"""Members of a problem that hold the refused value, in lower case and without separators."""
_AROUND = frozenset(("context", "params", "meta", "ctx", "info", "data", "args", "arguments"))
"""Members that may hold such members."""
TYPE_WORDS = frozenset(
    "string number integer int long float double decimal boolean bool object array list map null"
    " undefined nan none date missing str dict nonetype text".split()
)
"""Words that tell what was received, not which value."""

_OPEN = frozenset("$%`")
"""What the variables of shells are written with."""

_PIECE = r"""(?x)"(?P<double>[^"\n]{0,200})"|(?<!\w)'(?P<single>[^'\n]{0,200})'(?!\w)
    |`(?P<back>[^`\n]{0,200})`|“(?P<curly>[^”\n]{0,200})”|‘(?P<high>[^’\n]{0,200})’
    |«(?P<angle>[^»\n]{0,200})»|\[(?P<square>[^][\n]{0,200})\]
    |\((?P<inner>true|false|null|-?[0-9]{1,30}(?:\.[0-9]{1,30})?)\)
    |(?<![\w.-])(?P<bare>true|false|-?[0-9]{1,30}(?:\.[0-9]{1,30})?)(?![\w-]|\.[0-9])"""
_LEAD = r"""(?xi)\b(?:(?P<allowed>one\ of|allowed|expected|expects|must|should
      |valid\ (?:values|options)|supported|accepted|permitted|choices|instead|e\.g
      |such\ as|like|max(?:imum)?|min(?:imum)?|than|least|most)
    |(?P<name>(?:value|input)\ (?:of|for|in)|for|at|field|property|attribute|parameter|param
      |member|key|column|path|pointer|header|named|type|name|line|position|index|item)
    |(?P<value>value|option|got|received|given|provided|actual|found|input|was))\b"""
_LEAD_REACH = 60
"""Characters before a quoted piece that tell what it is."""
_BESIDE = r"[\s:=]{0,3}(?:(?:is|was)[\s:=]{0,3})?"
"""What may stand between the word `value` and the value."""


class Echo(NamedTuple):
    """A value that the server seems to quote from the payload."""

    value: JSON
    sure: bool
    """It stands where refused values stand, so that another value contradicts it."""


def read_echoes(problem: Problem) -> tuple[Echo, ...]:
    """Read the values a problem quotes: in members such as `rejectedValue`, and in its texts."""
    echoes = [*_read_members(problem.extensions)]
    for text in dict.fromkeys((problem.detail, problem.title)):
        if text:
            echoes += _read_text(text[:_LONGEST_TEXT])
    return tuple(echoes)


def confirm(echoes: tuple[Echo, ...], value: JSON) -> bool | None:
    """Tell whether the server quotes this value (True), quotes another (False), or neither.

    Only scalars contradict each other, and only those that are not alike: a server may trim,
    cut, reformat or mask what it quotes.
    """
    value = scalar(value)
    if any(_equal(echo.value, value) for echo in echoes):
        return True
    sure = [scalar(echo.value) for echo in echoes if echo.sure]
    if not sure or isinstance(value, dict | list) or value is None:
        return None
    return False if all(_contradicts(other, value) for other in sure) else None


def quotes_value(problem: Problem) -> bool:
    """Whether the server surely quotes a value that it got; nothing and containers are none.

    A problem with a missing member mostly comes with the object that lacks it, or with null.
    """
    values = (scalar(echo.value) for echo in read_echoes(problem) if echo.sure)
    return any(value not in (None, "") and not isinstance(value, dict | list) for value in values)


def doubt_payload(
    problem: Problem, locations: tuple[Location, ...], *, written: bool = False
) -> Note | None:
    """A note when the server quotes another value than the payload has at the problem's place.

    A word of a text that the payload holds, at a line and column, is no value; nor is what only a
    shell could replace, where the payload stands as it was `written` in a command.
    """
    location = next((one for one in locations if one.document == "request.body"), None)
    if location is None or not location.found or location.basis:
        return None
    if written and isinstance(location.value, str) and _OPEN.intersection(location.value):
        return None
    echoes = read_echoes(problem)
    if confirm(echoes, location.value) is not False:
        return None
    quoted = _show(next(echo.value for echo in echoes if echo.sure))
    own = _show(scalar(location.value))
    steps = location.pointer.split("/")
    name = _show(next((step for step in reversed(steps) if step and not step.isdigit()), ""))
    doubt = "is this the payload that was sent?"
    if not (quoted and own and name) or name == '""':
        return Note("other-payload", f"the server quotes a value the payload has not: {doubt}")
    # written as members, so that what hides a secret by its name hides it here
    message = f"the server quotes {name}: {quoted}, the payload has {name}: {own}; {doubt}"
    return Note("other-payload", message)


def _read_members(extensions: dict[str, JSON]) -> Iterator[Echo]:
    """What members named like a refused value hold; also one level down, as in Joi's `context`."""
    for name, value in extensions.items():
        if _plain(name) in _MEMBERS:
            if not (isinstance(value, str) and value.lower() in TYPE_WORDS):
                yield Echo(value, True)
        elif isinstance(value, dict) and _plain(name) in _AROUND:
            for inner, held in value.items():
                is_type = isinstance(held, str) and held.lower() in TYPE_WORDS
                if _plain(inner) in _MEMBERS and not is_type:
                    yield Echo(held, True)


def _plain(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "")


def _read_text(text: str) -> Iterator[Echo]:
    """What is quoted in a message, but allowed values and names of members.

    The words before a piece tell what it is; in a list of pieces the first one's words count.
    """
    import re  # and compile what follows when a text is there to read

    end, role = 0, ""
    for piece in islice(re.finditer(_PIECE, text), _MOST_PIECES):
        lead = text[max(end, piece.start() - _LEAD_REACH) : piece.start()]
        last = None
        for last in re.finditer(_LEAD, lead):
            role = last.lastgroup or ""
        if last is None and end and lead.strip(" ,;|/") not in ("", "or", "and"):
            role = ""
        beside = last is not None and bool(re.fullmatch(_BESIDE, lead[last.end() :]))
        end, content, kind = piece.end(), piece[piece.lastgroup or 0], piece.lastgroup
        told = role == "value" and beside and content.lower() not in TYPE_WORDS
        if kind == "inner" and role != "allowed":  # behind the member's name: `Name (false)`
            yield Echo(content, told or content in ("true", "false"))
        elif told or (role not in ("allowed", "name") and kind not in ("bare", "square", "inner")):
            yield Echo(content, told)


def _equal(echo: JSON, value: JSON) -> bool:
    """Tell whether an echo is the value, as JSON or as its text; a cut-off one by its beginning."""
    echo = scalar(echo)
    if isinstance(echo, dict | list) or isinstance(value, dict | list):
        return type(echo) is type(value) and _same_container(echo, value)
    if isinstance(echo, bool) or isinstance(value, bool) or echo is None or value is None:
        return echo is value or _text(echo) == _text(value)
    one, other = _text(echo).strip(), _text(value).strip()
    if one == other:
        return True
    beginning = one.removesuffix("…").removesuffix("...")
    return len(beginning) >= 3 and beginning != one and other.startswith(beginning)


def _same_container(one: JSON, other: JSON) -> bool:
    try:
        return one == other
    except RecursionError:  # deeper than the interpreter compares
        return False


def _contradicts(echo: JSON, value: JSON) -> bool:
    """Tell whether two scalars cannot be the same, however a server writes what it quotes."""
    if echo is None or isinstance(echo, dict | list):
        return False
    one, other = _text(echo).strip().casefold(), _text(value).strip().casefold()
    numbers = (_number(one), _number(other))
    if None not in numbers:
        return numbers[0] != numbers[1]
    if not (one and other):
        return bool(one)
    return not ("***" in one or "•" in one or one in other or other in one)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _text(value: JSON) -> str:
    """A scalar as JSON writes it, strings without their quotes."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    try:
        return str(value)
    except ValueError:  # more digits than Python is willing to write
        return ""


def _show(value: JSON) -> str:
    """A scalar in JSON, to be repeated in a sentence; empty when it is too long for one."""
    from json import dumps

    if isinstance(value, dict | list):
        return ""
    text = dumps(value, ensure_ascii=False) if isinstance(value, str) else _text(value)
    return text if len(text) <= _LONGEST_SHOWN else ""
