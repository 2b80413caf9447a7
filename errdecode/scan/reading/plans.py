"""Remembers answers by all that they hang on, so that bodies which differ in nothing that counts
are decoded once.

Three steps, each a function of what stands in its key. The outline of a body (names and types),
status and host decide which questions the catalog asks of its values; the answers decide format
and shape; the values that the format's extractor reads decide the rest. Texts for people count only
by the catalog's messages that they match, and are put in afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Literal

from errdecode.body import read_body
from errdecode.catalog import Catalog
from errdecode.clue import see
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
)
from errdecode.scan.reading.asked import open_shapes
from errdecode.scan.reading.narrowed import Expected, Narrowed
from errdecode.scan.reading.outline import outline_of
from errdecode.scan.reading.questions import Questions, Unclear
from errdecode.scan.reading.readings import (
    UNKNOWN,
    Known,
    Leaves,
    Reading,
    Unknown,
    complete,
    learn_texts,
)

MOST_OUTLINES = 4000
"""Outlines that are remembered, each with its circumstances."""
LONGEST_OUTLINE = 250
"""Names and values of an outline that is remembered."""
MOST_FIRST = 256
"""First bodies that are kept with their reports, until a second one comes."""
MOST_ANSWERS = 30_000
"""Answers that are remembered by what they hang on."""
MOST_TEXTS = 5000
"""Bodies that are remembered as they are."""
LONGEST_XML = 32 << 10
"""Bytes of XML that is read to see what it hangs on."""
LONGEST_TEXT = 4 << 10
"""Bytes of such a body."""


class _Plan:
    """All that is known of bodies with one outline, in the same circumstances."""

    def __init__(self, questions: Questions) -> None:
        self.questions = questions
        self.readings: dict[tuple[object, ...], Reading | None] = {}
        self.nothing: set[tuple[object, ...]] = set()
        """Answers with which no documented format fits."""


class _First(NamedTuple):
    """The first body of an outline."""

    value: JSON
    leaves: Leaves
    raw: bytes
    around: Around
    report: Report


class Plans:
    """Answers for bodies, remembered."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.hits = self.misses = 0
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
        outline = outline_of(value)
        leaves = outline.leaves
        if around.fields or len(outline.marks) > LONGEST_OUTLINE:
            return self.exact(raw(), around)
        host, path = _host_and_path(around.url) if around.url else (None, None)
        place = (kind, host is None, path is None, outline.marks)
        plan = self._plans.get(place, UNKNOWN)
        if isinstance(plan, Unknown):
            return self._begin(place, value, leaves, raw(), around)
        if plan is False:
            plan = self._make_plan(place, value, kind, raw(), around)
        if plan is None:
            return self.exact(raw(), around)
        text = as_text(raw() or b"") if plan.questions.texts else ""
        answers = plan.questions.answers(leaves, text, around.status, host, path)
        reading = plan.readings.get(answers, UNKNOWN)
        if reading is None:
            nothing = answers in plan.nothing
            if nothing and not generic() and not _holds_more(value, kind, raw):
                return NO_ANSWER
            expected = Expected(plan.questions, answers, value, kind, nothing)
            return self.exact(raw(), around, expected)
        if isinstance(reading, Reading):
            known = reading.answers.get(reading.key(leaves, around.method), UNKNOWN)
            if isinstance(known, Known):
                self.hits += 1
                return complete(known, leaves)
            if known is None:
                return self.exact(raw(), around, Expected(plan.questions, answers, value, kind))
        return self._learn(value, kind, leaves, raw(), around, plan, answers)

    def _begin(
        self,
        place: tuple[object, ...],
        value: JSON,
        leaves: Leaves,
        raw: bytes | None,
        around: Around,
    ) -> Answer | None:
        """Decode the first body of an outline; a plan is made when another one comes."""
        if raw is None:
            return None
        if len(self._plans) > MOST_OUTLINES or self._stored > MOST_ANSWERS:
            self._plans.clear()
            self._stored = 0
        self._plans[place] = False
        self.misses += 1
        report = self._report(raw, around)
        if len(raw) <= LONGEST_TEXT:
            if len(self._first) >= MOST_FIRST:
                del self._first[next(iter(self._first))]
            self._first[place] = _First(value, leaves, raw, around, report)
        return answer_of(report)

    def answer_text(
        self, raw: bytes, around: Around, generic: Callable[[], bool] = lambda: True
    ) -> Answer:
        """The answer for a body of which only the text is known; XML is read for it."""
        if raw[:1] == b"<" and (raw, around) not in self._exact and len(raw) <= LONGEST_XML:
            body = read_body(Text(as_text(raw)))
            if body.kind == "xml" and not body.notes:
                return self.answer(body.value, "xml", lambda: raw, around, generic) or NO_ANSWER
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
        self.misses += 1
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

    def _make_plan(
        self, place: tuple[object, ...], value: JSON, kind: str, raw: bytes | None, around: Around
    ) -> _Plan | None:
        """The plan for the bodies of an outline, with what was learnt of the first one."""
        if raw is None:
            return None
        first = self._first.pop(place, None)
        plan = None
        if not (b'"details"' in raw and b'"value"' in raw):  # the decoder may write these out
            exchange = exchange_of(raw, around)
            seen = see(exchange, Body(kind, None, exchange.source, value))
            try:
                plan = _Plan(Questions(open_shapes(self.catalog), seen))
            except Unclear:
                plan = None
        self._plans[place] = plan
        if plan and first:
            around, leaves = first.around, first.leaves
            host, path = _host_and_path(around.url) if around.url else (None, None)
            text = as_text(first.raw)
            answers = plan.questions.answers(leaves, text, around.status, host, path)
            self._take_in(first.report, first.value, leaves, first.raw, around, plan, answers)
        return plan

    def _learn(
        self,
        value: JSON,
        kind: str,
        leaves: Leaves,
        raw: bytes | None,
        around: Around,
        plan: _Plan,
        answers: tuple[object, ...],
    ) -> Answer | None:
        """Decode a body, and remember what its answer hangs on."""
        if raw is None:
            return None
        self.misses += 1
        report = self._report(raw, around, Expected(plan.questions, answers, value, kind))
        return self._take_in(report, value, leaves, raw, around, plan, answers)

    def _take_in(
        self,
        report: Report,
        value: JSON,
        leaves: Leaves,
        raw: bytes,
        around: Around,
        plan: _Plan,
        answers: tuple[object, ...],
    ) -> Answer:
        """Remember what the answer to a body hangs on."""
        self._stored += 1
        reading = plan.readings.get(answers)
        if reading is None:
            reading = plan.readings[answers] = self._read_format(report, value)
            if not _is_documented(report):
                plan.nothing.add(answers)
        known = None
        if reading is not None:
            known = learn_texts(report, leaves, reading)
            reading.answers[reading.key(leaves, around.method)] = known
        answer = answer_of(report)
        if known is None and len(raw) <= LONGEST_TEXT:
            self._keep((raw, around), answer)
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


def _is_documented(report: Report) -> bool:
    """Whether a format was recognised, or may have been in what stands inside the body."""
    return report.detection.best is not None or report.body is None


_PARTS = re.compile(r"(https?://[^/?#]*)([^?#]*)")


def _host_and_path(url: str) -> tuple[str | None, str | None]:
    """Host and path of an address, as clues are asked of them."""
    parts = _PARTS.match(url)
    if parts:
        return _see(parts[1])[0], parts[2] or "/"
    if url[:1] == "/" and url[1:2] != "/":
        return _see(url.partition("?")[0].partition("#")[0])
    return _see(url)


@lru_cache(maxsize=2000)
def _see(url: str) -> tuple[str | None, str | None]:
    exchange = exchange_of(b"", Around(url=url))
    seen = see(exchange, Body("empty", None, exchange.source, None))
    return seen.host, seen.path
