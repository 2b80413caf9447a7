"""Remembers answers by all that they hang on, so that bodies which differ in nothing that counts
are decoded once.

Three steps, each a function of what stands in its key. The outline of a body (names and types),
status and host decide which questions the catalog asks of its values; the answers decide format
and shape; the values that the format's extractor reads decide the rest. Texts for people count only
by the catalog's messages that they match, and are put in afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import islice
from typing import Literal

from errdecode.body import read_body
from errdecode.catalog import Catalog
from errdecode.clue import Seen, see
from errdecode.example import content_type
from errdecode.model import JSON, Body, Report, Text
from errdecode.model.record import NamedTuple
from errdecode.nested import follow
from errdecode.pipeline import decode_exchange
from errdecode.scan.cut.json_values import as_text
from errdecode.scan.reading.answers import (
    NO_ANSWER,
    SETTINGS,
    Answer,
    Around,
    answer_of,
    exchange_of,
    is_failure,
)
from errdecode.scan.reading.asked import open_shapes
from errdecode.scan.reading.given import Given, is_plain, take_apart
from errdecode.scan.reading.guesses import Guesses, learn_guess
from errdecode.scan.reading.narrowed import Expected, Narrowed
from errdecode.scan.reading.outline import outline_of
from errdecode.scan.reading.parts import Leaves
from errdecode.scan.reading.questions import Questions, Unclear
from errdecode.scan.reading.readings import (
    UNKNOWN,
    Known,
    Reading,
    Unknown,
    complete,
    learn_texts,
)

MOST_OUTLINES = 1500
"""Outlines that are remembered, each with its circumstances."""
LONGEST_OUTLINE = 250
"""Names and values of an outline that is remembered."""
MOST_FIRST = 100
"""First bodies that are kept with their reports, until a second one comes."""
MOST_ANSWERS = 10_000
"""Answers that are remembered by what they hang on."""
MOST_TEXTS = 1000
"""Bodies that are remembered as they are."""
LONGEST_XML = 32 << 10
"""Bytes of XML that is read to see what it hangs on."""
LONGEST_TEXT = 4 << 10
"""Bytes of such a body."""


class _Plan:
    """All that is known of bodies with one outline, in the same circumstances."""

    def __init__(self, questions: Questions, guesses: Guesses) -> None:
        self.questions = questions
        self.guesses = guesses
        self.readings: dict[tuple[object, ...], Reading | None] = {}
        self.nothing: set[tuple[object, ...]] = set()
        """Answers with which no documented format fits."""


class _Wanted(NamedTuple):
    """A body that an answer is wanted for."""

    value: JSON
    kind: str
    raw: Callable[[], bytes | None]
    """Gives its text."""
    around: Around
    given: Given
    leaves: Leaves


class _First(NamedTuple):
    """The first body of an outline."""

    wanted: _Wanted
    report: Report


class Plans:
    """Answers for bodies, remembered."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.hits = 0
        self._stored = 0
        self._plans: dict[tuple[object, ...], _Plan | Literal[False] | None] = {}
        """By outline and circumstances; False where there was only one body so far: for an outline
        that does not come back, a plan costs more than it saves."""
        self._exact: dict[tuple[object, ...], Answer] = {}
        self._first: dict[tuple[object, ...], _First] = {}
        self._narrowed = Narrowed(catalog)

    def answer(
        self,
        value: JSON,
        kind: str,
        raw: Callable[[], bytes | None],
        around: Around,
        generic: Callable[[], bool] = lambda: True,
    ) -> Answer | None:
        """The answer for a body whose value is known; `raw` gives its text when it is needed.

        None when the text cannot be told. `generic` says whether a body in no documented format is
        worth to be read at all; it is not asked for others.
        """
        outline, given = outline_of(value), take_apart(around)
        if len(outline.marks) > LONGEST_OUTLINE or not is_plain(given):
            return self.exact(raw(), around)
        host, path = given.host is None, given.path is None
        wanted = _Wanted(value, kind, raw, around, given, outline.leaves)
        place = (kind, host, path, given.head, outline.marks)
        plan = self._plans.get(place, UNKNOWN)
        if isinstance(plan, Unknown):
            return self._begin(place, wanted)
        if plan is False:
            plan = self._make_plan(place, wanted)
        if plan is None:
            return self.exact(raw(), around)
        answers = self._answers(plan, wanted)
        reading = plan.readings.get(answers, UNKNOWN)
        if reading is None:
            return self._read_undocumented(plan, wanted, answers, generic)
        if isinstance(reading, Reading):
            known = reading.answers.get(reading.key(wanted.leaves, given), UNKNOWN)
            if isinstance(known, Known):
                self.hits += 1
                return complete(known, wanted.leaves)
            if known is None:
                return self.exact(raw(), around, Expected(plan.questions, answers, value, kind))
        return self._learn(plan, wanted, answers)

    def _answers(self, plan: _Plan, wanted: _Wanted) -> tuple[object, ...]:
        text = as_text(wanted.raw() or b"") if plan.questions.texts else ""
        return plan.questions.answers(wanted.leaves, text, wanted.given)

    def _read_undocumented(
        self,
        plan: _Plan,
        wanted: _Wanted,
        answers: tuple[object, ...],
        generic: Callable[[], bool],
    ) -> Answer | None:
        """The answer for a body whose extractor is not known: mostly as no format fits."""
        value, kind, raw, around, given, leaves = wanted
        nothing = answers in plan.nothing
        expected = Expected(plan.questions, answers, value, kind, nothing)
        if not nothing:
            return self.exact(raw(), around, expected)
        key = plan.guesses.key(leaves, given)
        if not generic() and (key is not None or not _holds_more(value, kind, raw)):
            return NO_ANSWER
        if key is None or plan.questions.successes(self.catalog.success_shapes):
            return self.exact(raw(), around, expected)
        known = plan.guesses.answers.get(key, UNKNOWN)
        if isinstance(known, Known):
            self.hits += 1
            return complete(known, leaves)
        text = raw()
        if known is None or text is None:
            return self.exact(text, around, expected)
        self._stored += 1
        report = self._report(text, around, expected)
        plan.guesses.answers[key] = learn_guess(report, value, leaves)
        return answer_of(report)

    def _begin(self, place: tuple[object, ...], wanted: _Wanted) -> Answer | None:
        """Decode the first body of an outline; a plan is made when another one comes."""
        raw = wanted.raw()
        if raw is None:
            return None
        if len(self._plans) >= MOST_OUTLINES or self._stored > MOST_ANSWERS:
            for old in list(islice(self._plans, len(self._plans) // 2)):
                del self._plans[old]  # the outlines that were met first
            self._stored = 0
        self._plans[place] = False
        report = self._report(raw, wanted.around)
        if len(raw) <= LONGEST_TEXT:
            if len(self._first) >= MOST_FIRST:
                del self._first[next(iter(self._first))]
            self._first[place] = _First(wanted._replace(raw=partial(bytes, raw)), report)
        return answer_of(report)

    def answer_text(
        self, raw: bytes, around: Around, generic: Callable[[], bool] = lambda: True
    ) -> Answer:
        """The answer for a body of which only the text is known; XML is read for it."""
        if raw[:1] == b"<" and (raw, around) not in self._exact and len(raw) <= LONGEST_XML:
            body = read_body(Text(as_text(raw)))
            if body.kind == "xml" and not body.notes:
                return self.answer(body.value, "xml", lambda: raw, around, generic) or NO_ANSWER
        if is_failure(raw):
            return self.exact(raw, around) or NO_ANSWER
        if raw[:1] != b"<" and not around.fields and raw[:1] not in (b"{", b"["):
            body = read_body(Text(as_text(raw)))
            if body.kind == "text":
                value = body.value
                return self.answer(value, "text", lambda: raw, around, generic) or NO_ANSWER
        return self.exact(raw, around) or NO_ANSWER

    def exact(
        self,
        raw: bytes | None,
        around: Around,
        expected: Expected | None = None,
    ) -> Answer | None:
        """The answer for a text, remembered by the text itself."""
        if raw is None:
            return None
        key = (raw, around)
        answer = self._exact.get(key)
        if answer is not None:
            self.hits += 1
            return answer
        answer = answer_of(self._report(raw, around, expected))
        return self._keep(key, answer) if len(raw) <= LONGEST_TEXT else answer

    def _keep(self, key: tuple[object, ...], answer: Answer) -> Answer:
        if len(self._exact) > MOST_TEXTS:
            self._exact.clear()
        self._exact[key] = answer
        return answer

    def _report(
        self,
        raw: bytes,
        around: Around,
        expected: Expected | None = None,
    ) -> Report:
        """Decode a body; `expected` is what is known of it."""
        catalog = self._narrowed.expect(expected) if expected else self.catalog
        return decode_exchange(exchange_of(raw, around), "-", 0, SETTINGS, catalog)

    def _make_plan(self, place: tuple[object, ...], wanted: _Wanted) -> _Plan | None:
        """The plan for the bodies of an outline, with what was learnt of the first one."""
        raw = wanted.raw()
        if raw is None:
            return None
        first = self._first.pop(place, None)
        plan = None
        if not _may_be_written_out(wanted.value):
            exchange = exchange_of(raw, wanted.around)
            body = read_body(exchange.source, content_type(exchange))
            plan = self._plan_for(see(exchange, body)) if _is_same(body, wanted) else None
        self._plans[place] = plan
        if plan and first:
            self._take_in(first.report, plan, first.wanted, self._answers(plan, first.wanted))
        return plan

    def _plan_for(self, seen: Seen) -> _Plan | None:
        try:
            return _Plan(Questions(open_shapes(self.catalog), seen), Guesses(seen.body.value))
        except Unclear:
            return None

    def _learn(self, plan: _Plan, wanted: _Wanted, answers: tuple[object, ...]) -> Answer | None:
        """Decode a body, and remember what its answer hangs on."""
        raw = wanted.raw()
        if raw is None:
            return None
        expected = Expected(plan.questions, answers, wanted.value, wanted.kind)
        report = self._report(raw, wanted.around, expected)
        return self._take_in(report, plan, wanted, answers)

    def _take_in(
        self, report: Report, plan: _Plan, wanted: _Wanted, answers: tuple[object, ...]
    ) -> Answer:
        """Remember what the answer to a body hangs on."""
        self._stored += 1
        reading = plan.readings.get(answers)
        if reading is None:
            reading = plan.readings[answers] = self._read_format(report, wanted.value)
            if not _is_documented(report):
                plan.nothing.add(answers)
        known = None
        if reading is not None:
            known = learn_texts(report, wanted.leaves, reading)
            reading.answers[reading.key(wanted.leaves, wanted.given)] = known
        answer = answer_of(report)
        raw = wanted.raw()
        if known is None and raw is not None and len(raw) <= LONGEST_TEXT:
            self._keep((raw, wanted.around), answer)
        return answer

    def _read_format(self, report: Report, value: JSON) -> Reading | None:
        best, body = report.detection.best, report.body
        if best is None or not best.shape or body is None or body.value != value:
            return None
        try:
            return Reading(self.catalog.format(best.id), best.shape, body)
        except Unclear:
            return None


def _holds_more(value: JSON, kind: str, raw: Callable[[], bytes | None]) -> bool:
    """Whether something stands inside a body that may be in a documented format; what stands in
    the words of a log is looked for by others."""
    if kind == "text":
        return False
    body = Body(kind, None, Text(as_text(raw() or b"")), value)
    return next(follow(body), None) is not None


def _may_be_written_out(value: JSON) -> bool:
    """Whether a body has details that the decoder may write out; see `unpack`."""
    error = value.get("error") if isinstance(value, dict) else None
    holders = (holder.get("details") for holder in (value, error) if isinstance(holder, dict))
    return any(
        isinstance(detail, dict) and isinstance(detail.get("value"), str)
        for details in holders
        for detail in (details if isinstance(details, list) else ())
    )


def _is_same(body: Body, wanted: _Wanted) -> bool:
    """Whether a body is what it was taken for, whatever its media type says."""
    return body.kind == wanted.kind and body.value == wanted.value


def _is_documented(report: Report) -> bool:
    """Whether a format was recognised, or may have been in what stands inside the body."""
    return report.detection.best is not None or report.body is None
