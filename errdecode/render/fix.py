"""The output of `fix`: the corrected payload, or the corrected command, or the JSON Patch alone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from errdecode.alternatives import read_alternative
from errdecode.correct import describe, edit
from errdecode.correct.command import Script, edit_script, find_script
from errdecode.correct.editing import Edit, body_of, write
from errdecode.correct.operations import PatchError, tokens_of
from errdecode.correct.strictness import Mended, mend
from errdecode.locate import read_request_body
from errdecode.locate.parsers import says_unreadable
from errdecode.model import Body, Patch, Report, Text
from errdecode.model.record import NamedTuple
from errdecode.redact import redact

_MOST = 100
"""Corrections that are made in one payload: each reads it again."""
MASKED = "what is printed is masked and cannot be sent as it is; --show-secrets prints it in full"
NO_QUOTES = "the correction cannot be made inside the command's quotes: this is the payload alone"
_BESIDE = {
    "request.query": "the URL's query",
    "request.path": "the URL's path",
    "request.header": "the head of the request",
    "request.cookie": "the cookies",
}
NO_PLACE = "the correction finds no safe place in the text of the payload"
NO_PATCH = "a JSON Patch changes JSON, and the payload is none; `errdecode fix` writes it as JSON"
NO_JSON = "maybe: the server finds no JSON in the payload; it can be written as JSON"


class Fixed(NamedTuple):
    """What is printed on standard output, and what is said beside it."""

    text: str | None
    """None when there is nothing to print."""
    remarks: tuple[str, ...] = ()
    """Sentences of our own."""
    possible: tuple[str, ...] = ()
    """The corrections that were not made: what each follows from, and the lines it changes."""


class _State(NamedTuple):
    """A payload on its way through several corrections."""

    body: Body
    script: Script | None
    """The command that sends it, as long as the corrections can be made in its quotes."""


def fix(report: Report, *, every: bool = False, show_secrets: bool = False) -> Fixed:
    """The payload with its sure corrections made, or the command it was pasted in.

    With `every` the other corrections are made, too. Takes a report that is not masked yet.
    """
    body = read_request_body(report.exchange.request)
    found = _choose(report, every)
    mended = _mend(report, body)
    if body and mended and (every or mended.sure):
        start = _State(body, find_script(report.exchange))
        return _show(report, start, _edited(start, mended.edits), show_secrets)
    if body is None or not found:
        nothing = _explain_nothing(report, show_secrets)
        return Fixed(None, ("no correction is sure",), (NO_JSON,)) if mended else nothing
    start = _State(body, find_script(report.exchange))
    made, state = _make(start, [patch for _, patch in found])
    if not made:
        return Fixed(None, (NO_PLACE,))
    rest = _left(report, {found[number][0] for number in made})
    possible = _list_possible(report, rest, show_secrets)
    return _show(report, start, state, show_secrets)._replace(possible=possible)


def _show(report: Report, start: _State, state: _State | None, show_secrets: bool) -> Fixed:
    """What was corrected, as it is printed: masked unless asked."""
    if state is None:
        return Fixed(None, (NO_PLACE,))
    corrected = _as_report(report, state)
    shown = corrected if show_secrets else redact(corrected)
    text, whole = _text_of(shown, state), _text_of(corrected, state)
    remarks = [NO_QUOTES] if start.script and not state.script else []
    remarks += [MASKED] if text != whole else []
    return Fixed(text, tuple(remarks))


def patch(report: Report, *, every: bool = False, show_secrets: bool = False) -> Fixed:
    """The JSON Patch (RFC 6902) that `fix` would apply, as one array."""
    body = read_request_body(report.exchange.request)
    found = _choose(report, every)
    if body is None or not found:
        nothing = _explain_nothing(report, show_secrets)
        return Fixed(None, (NO_PATCH,)) if _mend(report, body) else nothing
    shown = report if show_secrets else redact(report)
    made, _ = _make(_State(body, None), [one for _, one in found])
    chosen = [found[number] for number in made]
    masked = [_patch_of(shown, number) for number, _ in chosen]
    if not masked:
        return Fixed(None, (NO_PLACE,))
    text = json.dumps([operation for one in masked for operation in one.operations]) + "\n"
    changed = [one for _, one in chosen] != masked
    rest = _left(report, {number for number, _ in chosen})
    possible = _list_possible(report, rest, show_secrets)
    return Fixed(text, (MASKED,) if changed else (), possible)


# ---------------------------------------------------------------- which corrections


def _mend(report: Report, body: Body | None) -> Mended | None:
    """The payload as JSON, where the server could not parse what was sent."""
    if body is None or body.tree is None:
        return None
    for diagnostic in report.diagnostics:
        places = [one for one in diagnostic.locations if one.document == "request.body"]
        problem, known = diagnostic.problem, diagnostic.explanation
        said = (problem.detail, problem.title, known.title if known else None)
        if any(one.basis for one in places) or says_unreadable(*said):
            return mend(body)
    return None


def _choose(report: Report, every: bool) -> list[tuple[int, Patch]]:
    """The corrections to make, each with the number of its problem; one for each place, and of
    alternatives those of the first."""
    chosen: list[tuple[int, Patch]] = []
    touched: list[tuple[str, ...]] = []
    taken: dict[object, str] = {}
    for number, diagnostic in enumerate(report.diagnostics):
        one = diagnostic.patch
        if one is None or len(chosen) >= _MOST or not (every or one.applicability == "certain"):
            continue
        union, branch = read_alternative(diagnostic) or (None, "")
        if union and taken.setdefault(union, branch) != branch:
            continue
        places = list(_places(one))
        if not any(_overlap(a, b) for a in places for b in touched):
            touched += places
            chosen.append((number, one))
    return chosen


def _left(report: Report, made: set[int]) -> set[int]:
    """The problems that are still there, without other ways to put right what is corrected."""
    unions = {number: read_alternative(one) for number, one in enumerate(report.diagnostics)}
    done = {union[0] for number in made if (union := unions[number])}
    return {number for number, union in unions.items() if not (union and union[0] in done)} - made


def _places(one: Patch) -> Iterator[tuple[str, ...]]:
    for operation in one.operations:
        for name in ("path", "from"):
            if name in operation:
                try:
                    yield tokens_of(operation[name])
                except PatchError:
                    continue


def _overlap(one: Sequence[str], other: Sequence[str]) -> bool:
    size = min(len(one), len(other))
    return one[:size] == other[:size]


def _make(state: _State, patches: Sequence[Patch]) -> tuple[list[int], _State]:
    """Make the corrections one after the other; the numbers of those that found a place."""
    made = []
    for number, one in enumerate(patches):
        after = _step(state, one)
        if after is not None:
            state = after
            made.append(number)
    return made, state


def _step(state: _State, one: Patch) -> _State | None:
    for operation in one.operations:
        edits = edit(state.body, operation)
        if edits is None:
            return None
        after = _edited(state, edits)
        if after is None:
            return None
        state = after
    return state


def _edited(state: _State, edits: tuple[Edit, ...]) -> _State | None:
    """The payload after an edit, and the command if its quotes allow that."""
    body = body_of(state.body, Text(write(state.body.text.value, edits)))
    if body is None:
        return None
    return _State(body, edit_script(state.script, edits) if state.script else None)


# ---------------------------------------------------------------- what is shown


def _as_report(report: Report, state: _State) -> Report:
    """The report as if the corrected request had been the input: for the boundary to mask it."""
    request = report.exchange.request
    exchange = report.exchange
    if state.script:
        source, request = state.script.text, state.script.command.request
    else:
        source = state.body.text
        request = request._replace(body=source) if request else None
    exchange = exchange._replace(source=source, start=0, end=len(source.value), request=request)
    return report._replace(exchange=exchange, diagnostics=(), notes=())


def _text_of(report: Report, state: _State) -> str:
    exchange = report.exchange
    if state.script:
        return exchange.source.value[state.script.prompt :] + "\n"
    body = exchange.request.body if exchange.request else None
    return body.value if body else ""


def _explain_nothing(report: Report, show_secrets: bool) -> Fixed:
    if report.outcome in ("success", "redirect"):
        return Fixed(None, ("the response is no error: there is nothing to correct",))
    request = report.exchange.request
    if request is None or request.body is None:
        return Fixed(None, (_say_what_is_missing(report),))
    possible = _list_possible(report, set(range(len(report.diagnostics))), show_secrets)
    if not possible:
        return Fixed(None, ("the response does not say enough to correct the payload",))
    return Fixed(None, ("no correction is sure",), possible)


def _say_what_is_missing(report: Report) -> str:
    """Why there is nothing to correct: no payload is shown, or what is at fault is in none."""
    blamed = {one.document for each in report.diagnostics for one in each.locations}
    parts = [words for document, words in _BESIDE.items() if document in blamed]
    if not parts or "request.body" in blamed:
        return "the input shows no payload to correct; --request FILE adds it"
    return f"what is to be corrected is in {' and '.join(parts)}; only a payload can be corrected"


def _list_possible(report: Report, numbers: set[int], show_secrets: bool) -> tuple[str, ...]:
    """The corrections that are not made, with the lines before and after."""
    shown = report if show_secrets else redact(report)
    body = read_request_body(shown.exchange.request)
    found = [_patch_of(shown, n) for n in sorted(numbers) if shown.diagnostics[n].patch]
    lines = []
    for one in found[:_MOST]:
        lines.append(f"{one.applicability}: {one.reason}")
        before, after = describe(one, body) if body else ("", "")
        lines += [f"  - {line}" for line in before.splitlines()]
        lines += [f"  + {line}" for line in after.splitlines()]
    return tuple(lines)


def _patch_of(report: Report, number: int) -> Patch:
    found = report.diagnostics[number].patch
    return found if found else Patch((), "maybe", "")
