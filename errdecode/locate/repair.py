"""Other readings of a pointer that leads nowhere: wrappers, spellings, counting; each with reasons.

The search walks along the pointer, never over the payload: at each token it follows what is there
and what the token may mean instead. Readings of at most two kinds are tried, the fewest steps
first.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import islice

from errdecode.locate.echo import Echo, confirm
from errdecode.locate.spelling import Names, style
from errdecode.locate.steps import Step, tell
from errdecode.model import JSON, Body, Repair
from errdecode.model.record import NamedTuple
from errdecode.pointer import Tokens, array_index, build, split_flat
from errdecode.regex import expression

MOST_REPAIRS = 5
MOST_TRIES = 400
_MOST_KINDS = 2
_MOST_WRAPPERS = 4
_MOST_TOKENS = 32
_MOST_FOUND = 40
_MOST_MEMBERS = 50
"""Members of a payload that are looked into as wrappers, and items that `*` stands for."""

_HEADS = frozenset(
    "body requestbody payload request req data attributes input params json form dto model command"
    " content root resource object entity $".split()
)
"""Names that servers put before a pointer, in lower case: FastAPI's `body`, JSON:API's `data`."""
_HEAD_ENDINGS = ("request", "body", "payload", "dto", "command", "input", "model", "form")
_ENVELOPES = frozenset(("data", "attributes", "body", "envelope", "payload", "request", "input"))
"""Members of a payload that are known to wrap the rest, in lower case."""

_SELECTOR = expression(r"@([\w.-]{1,100})=='([^']{0,200})'")
"""What stands for the index of an item with such a member: `@name=='Ada'`."""
_NESTED = ("_attributes", "Attributes")
"""What frameworks put behind the name of an object for what is to become of it: Rails, for one."""


class _State(NamedTuple):
    """A reading on its way through the payload."""

    value: JSON
    at: int
    """The next token, 0-based."""
    place: Tokens = ()
    steps: tuple[Step, ...] = ()
    outer: bool = True
    """Nothing but wrappers was passed so far."""
    weak: str = ""
    """The kind of a step that is only worth telling when the server's words confirm it."""


_Finds = tuple[_State, bool | None]


def find_repairs(
    body: Body,
    tokens: Tokens,
    echoes: tuple[Echo, ...] = (),
    names: Names | None = None,
    *,
    missing: bool | None = None,
) -> list[Repair]:
    """Find other readings of a pointer that leads nowhere; the confirmed first, then the simplest.

    `echoes` are the values the server quotes, `names` those of this payload, if known. What is said
    to be `missing` is not the payload itself, as that is there; what is refused (`missing` is
    False) was sent, so it stands in the one wrapper that has it. The repairs have no places yet:
    `start` and `end` are 0. At most `MOST_REPAIRS`, after at most `MOST_TRIES` tries.
    """
    while tokens[:1] == ("**",):
        tokens = tokens[1:]
    if not tokens or len(tokens) > _MOST_TOKENS or "**" in tokens:
        return []
    if not isinstance(body.value, dict | list):
        return []
    found: dict[Tokens, _Finds] = {}
    weak: dict[Tokens, _Finds] = {}
    for state in islice(_Search(body, tokens, names or Names()).run(), _MOST_FOUND):
        confirmed = confirm(echoes, state.value)
        far = state.weak or (missing and state.steps[-1].verb == "whole")
        if state.place not in found and (confirmed or not far):
            found[state.place] = (state, confirmed)
        elif state.steps[0].verb == "inside":
            weak.setdefault(state.place, (state, confirmed))
    if not found and len(weak) == 1 and len(body.value) <= _MOST_MEMBERS:
        found = {place: one for place, one in weak.items() if _is_there(*one, missing)}
    ranked = sorted(found.values(), key=_rank)
    return [_repair(state, confirmed) for state, confirmed in ranked[:MOST_REPAIRS]]


def _is_there(state: _State, confirmed: bool | None, missing: bool | None) -> bool:
    """Whether the only wrapper that has a member is it, whatever stands beside it: the server
    refuses what was sent, or misses what was sent blank."""
    if len(state.steps) > 1 or confirmed is False:
        return False
    return missing is False or (missing is True and is_blank(state.value))


def is_blank(value: JSON) -> bool:
    """Whether a value is there, but says nothing."""
    return value in (None, [], {}) or (isinstance(value, str) and not value.strip())


def split_place(pointer: str) -> Tokens:
    """The tokens of a repair's pointer, which is well-formed."""
    return tuple(t.replace("~1", "/").replace("~0", "~") for t in pointer.split("/")[1:])


def _rank(found: _Finds) -> tuple[int, int, int]:
    state, confirmed = found
    return ({True: 0, None: 1, False: 2}[confirmed], len(_kinds(state.steps)), len(state.steps))


def _repair(state: _State, confirmed: bool | None) -> Repair:
    reason = tell(state.steps)
    return Repair(build(state.place), state.steps[0].kind, reason, confirmed, state.value)


def _kinds(steps: tuple[Step, ...]) -> set[str]:
    return {step.kind for step in steps}


class _Search:
    """One pointer's search through one payload."""

    def __init__(self, body: Body, tokens: Tokens, names: Names) -> None:
        self.tokens = tokens
        self.is_xml = body.kind == "xml"
        self.is_form = body.kind == "form"
        self.names = names
        self.count = 0
        self.tries: list[tuple[int, int, int, _State]] = []
        self.seen: set[tuple[Tokens, int, frozenset[str]]] = set()
        self._push(_State(body.value, 0))

    def run(self) -> Iterator[_State]:
        """Yield the readings that lead to a value, those with the fewest steps first."""
        for _ in range(MOST_TRIES):
            if not self.tries:
                return
            *_, state = heappop(self.tries)
            if state.at == len(self.tokens):
                yield from self._arrive(state)
                continue
            for further in self._exact(state):
                self._push(further)
            for further in self._otherwise(state):
                self._push(further)

    def _push(self, state: _State) -> None:
        """Keep a reading for later; unless it was met, or repairs too many kinds of things."""
        kinds = _kinds(state.steps)
        met = (state.place, state.at, frozenset(kinds))
        wrappers = sum(step.kind == "wrapper" for step in state.steps)
        if met in self.seen or len(kinds) > _MOST_KINDS or wrappers > _MOST_WRAPPERS:
            return
        self.seen.add(met)
        self.count += 1
        heappush(self.tries, (len(kinds), len(state.steps), self.count, state))

    def _arrive(self, state: _State) -> Iterator[_State]:
        """Yield a reading that has used all tokens; in XML the first of the elements it means."""
        if self.is_xml and isinstance(state.value, list) and state.value:
            state = state._replace(value=state.value[0], place=(*state.place, "0"))
        if state.steps:
            yield state

    def _exact(self, state: _State) -> Iterator[_State]:
        """Follow the token as it stands; `*`, and the lists that XML pointers leave out, too."""
        token, value = self.tokens[state.at], state.value
        if isinstance(value, dict) and token in value:
            yield _into(state, token, value[token])
        if not isinstance(value, list):
            return
        index = array_index(token, len(value))
        if index is not None:
            yield _into(state, token, value[index])
        elif token == "*":  # a pattern
            for at, item in enumerate(value[:_MOST_MEMBERS]):
                yield _into(state, str(at), item)
        elif self.is_xml:
            for at, item in enumerate(value[:_MOST_MEMBERS]):
                yield state._replace(value=item, place=(*state.place, str(at)))

    def _otherwise(self, state: _State) -> Iterator[_State]:
        """Read the token otherwise."""
        value = state.value
        if isinstance(value, dict):
            yield from self._respell(state, value)
            yield from self._leave_head(state, value)
            yield from self._enter(state, value)
            if self.is_form:
                yield from self._join(state, value)
                yield from self._enter_names(state, value)
        elif isinstance(value, list) and not self.is_xml:
            yield from self._recount(state, value)
        if not isinstance(value, list) and self.tokens[state.at] == "0":
            yield from self._leave_index(state)

    # ------------------------------------------------------------ names

    def _respell(self, state: _State, value: dict[str, JSON]) -> Iterator[_State]:
        """Other spellings of a member's name."""
        token = self.tokens[state.at]
        for name, kind in self.names.alike(value, token):
            told = style(name) if kind == "convention" else ""
            if kind == "plural":
                told = kind if len(name) > len(token) else "singular"
            step = Step(kind, kind, name, told)
            yield _into(state, name, value[name], step)
        for name in (token + ending for ending in _NESTED if token not in value):
            if isinstance(value.get(name), dict | list):
                yield _into(state, name, value[name], Step("convention", "convention", name))

    def _join(self, state: _State, value: dict[str, JSON]) -> Iterator[_State]:
        """A form's flat names: `card[number]` for `/card/number`."""
        rest = self.tokens[state.at :]
        if len(rest) < 2:
            return
        for name, kind in self.names.alike(value, ".".join(rest), flat=True):
            further = _into(state, name, value[name], Step(kind, kind, name))
            yield further._replace(at=len(self.tokens))

    def _enter_names(self, state: _State, value: dict[str, JSON]) -> Iterator[_State]:
        """A form's flat names inside a wrapper: `card[number]` for `/number`."""
        if state.at or state.steps:
            return
        names = {name: split_flat(name) for name in islice(value, _MOST_MEMBERS)}
        weak = "" if len({parts[:1] for parts in names.values()}) == 1 else "wrapper"
        for name, parts in names.items():
            inner = parts[1:-1] if parts[-1:] == ("*",) else parts[1:]
            if inner == self.tokens:
                further = _into(state, name, value[name], Step("wrapper", "inside", parts[0]))
                yield further._replace(at=len(self.tokens), weak=weak)

    # ------------------------------------------------------------ wrappers

    def _leave_head(self, state: _State, value: dict[str, JSON]) -> Iterator[_State]:
        """Pass over a token that wraps the payload on the server's side only."""
        token = self.tokens[state.at]
        rest = len(self.tokens) - state.at - 1
        plain = token.lower()
        known = plain in _HEADS or plain.endswith(_HEAD_ENDINGS)
        entered = any(step.verb == "inside" for step in state.steps)
        if token in value or entered or not (state.outer or plain == "attributes"):
            return
        if rest == 0:
            if state.at == 0 and known:
                yield _past(state, Step("wrapper", "whole", token))
        elif known:
            yield _past(state, Step("wrapper", "without", token))
        elif state.at == 0:
            yield _past(state, Step("wrapper", "without", token))._replace(
                weak="" if rest > 1 else "wrapper"
            )

    def _enter(self, state: _State, value: dict[str, JSON]) -> Iterator[_State]:
        """Step into a member that wraps what the pointer starts from."""
        for name, child in islice(value.items(), _MOST_MEMBERS):
            if name.startswith(("@", "#")) or not isinstance(child, dict | list) or not child:
                continue
            envelope = name.lower() in _ENVELOPES
            if not state.outer and name != "attributes":
                continue
            if not (envelope or _is_alone(value, self.is_xml)):
                if self.tokens[state.at] in value or "wrapper" in _kinds(state.steps):
                    continue
                weak = "wrapper"
            else:
                weak = state.weak
            step = Step("wrapper", "inside", name)
            yield state._replace(
                value=child, place=(*state.place, name), steps=(*state.steps, step), weak=weak
            )

    # ------------------------------------------------------------ counting

    def _recount(self, state: _State, value: list[JSON]) -> Iterator[_State]:
        """Lists that are counted from one, and lists of one item that the pointer leaves out."""
        token, at = self.tokens[state.at], state.at
        if token.startswith("@"):
            yield from self._select(state, value)
        named = token == "member" and at + 1 < len(self.tokens)  # an AWS query list
        number = self.tokens[at + 1] if named else token
        index = array_index(number, len(value) + 1)
        if index:
            counted = named or index == len(value)
            sure = counted or any(step.kind == "one-based" for step in state.steps)
            weak = "one-based" if not sure else "" if state.weak == "one-based" else state.weak
            step = Step("one-based", "counted", number, str(index - 1))
            further = _into(state, str(index - 1), value[index - 1], step)
            yield further._replace(at=at + 1 + named, weak=weak)
        if index is None and token != "-" and len(value) == 1:  # a reference token
            name = state.place[-1] if state.place else ""
            step = Step("single-item", "single", name)
            yield state._replace(
                value=value[0], place=(*state.place, "0"), steps=(*state.steps, step)
            )

    def _select(self, state: _State, value: list[JSON]) -> Iterator[_State]:
        """The item that a token tells by one of its members; the only one may lack that."""
        told = _SELECTOR.fullmatch(self.tokens[state.at])
        if told is None:
            return
        held = [
            item.get(told[1], told[2] if len(value) == 1 else None)
            for item in value[:_MOST_MEMBERS]
            if isinstance(item, dict)
        ]
        if held.count(told[2]) == 1 and len(held) == len(value):
            at = held.index(told[2])
            yield _into(state, str(at), value[at], Step("convention", "selected", told[0], str(at)))

    def _leave_index(self, state: _State) -> Iterator[_State]:
        """Pass over an index into what is no list."""
        if not (isinstance(state.value, dict) and "0" in state.value) and not state.outer:
            yield _past(state, Step("single-item", "unlisted", state.place[-1]))


def _into(state: _State, name: str, value: JSON, *steps: Step) -> _State:
    """Step into a member or item, which uses one token up."""
    place = (*state.place, name)
    return _State(value, state.at + 1, place, (*state.steps, *steps), False, state.weak)


def _past(state: _State, step: Step) -> _State:
    """Leave a token out."""
    return state._replace(at=state.at + 1, steps=(*state.steps, step))


def _is_alone(value: dict[str, JSON], is_xml: bool) -> bool:
    """Tell whether an object can be no more than wrapping: one member, or containers only."""
    if len(value) == 1:
        return True
    if len(value) > _MOST_MEMBERS:
        return False
    members = [item for name, item in value.items() if not (is_xml and name.startswith("@"))]
    return len(members) == 1 or (
        not is_xml and all(isinstance(item, dict | list) for item in members)
    )
