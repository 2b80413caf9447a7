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

from errdecode.body import read_body
from errdecode.catalog import Catalog
from errdecode.clue import see
from errdecode.model import JSON, Body, Report, Text
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
from errdecode.scan.reading.outline import outline_of
from errdecode.scan.reading.questions import Questions, Unclear, open_gates
from errdecode.scan.reading.readings import (
    UNKNOWN,
    Known,
    Leaves,
    Reading,
    Unknown,
    complete,
    learn_texts,
)

MOST_PLANS = 1500
"""Outlines that are remembered, each with its circumstances."""
LONGEST_OUTLINE = 250
"""Names and values of an outline that is remembered."""
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


class Plans:
    """Answers for bodies, remembered."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.hits = self.misses = 0
        self._stored = 0
        self._plans: dict[tuple[object, ...], _Plan | None] = {}
        self._exact: dict[tuple[object, ...], Answer] = {}

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
        plan = self._plan(outline.marks, value, kind, raw, around)
        if plan is None:
            return self.exact(raw(), around)
        questions = plan.questions
        text = as_text(raw() or b"") if questions.texts else ""
        path = _path(around.url) if questions.paths else None
        answers = questions.answers(leaves, text, path)
        reading = plan.readings.get(answers, UNKNOWN)
        if reading is None:
            if answers in plan.nothing and not generic():
                return NO_ANSWER
            return self.exact(raw(), around)
        if isinstance(reading, Reading):
            key = reading.key(leaves, around.method)
            known = reading.answers.get(key, UNKNOWN)
            if isinstance(known, Known):
                self.hits += 1
                return complete(known, leaves)
            if known is None:
                return self.exact(raw(), around)
            return self._learn(value, leaves, raw(), around, plan, answers, reading)
        return self._learn(value, leaves, raw(), around, plan, answers, None)

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

    def exact(self, raw: bytes | None, around: Around) -> Answer | None:
        """The answer for a text, remembered by the text itself."""
        if raw is None:
            return None
        key = (raw, around)
        answer = self._exact.get(key)
        if answer is not None:
            self.hits += 1
            return answer
        self.misses += 1
        answer = answer_of(self._report(raw, around))
        return self._keep(key, answer) if len(raw) <= LONGEST_TEXT else answer

    def _keep(self, key: tuple[object, ...], answer: Answer) -> Answer:
        if len(self._exact) > MOST_TEXTS:
            self._exact.clear()
        self._exact[key] = answer
        return answer

    def _report(self, raw: bytes, around: Around) -> Report:
        return decode_exchange(exchange_of(raw, around), "-", 0, SETTINGS, self.catalog)

    def _plan(
        self,
        marks: tuple[object, ...],
        value: JSON,
        kind: str,
        raw: Callable[[], bytes | None],
        around: Around,
    ) -> _Plan | None:
        """The plan for a body; None where there is none."""
        if around.fields:
            return None
        if len(marks) > LONGEST_OUTLINE:
            return None
        key = (kind, around.status, _authority(around.url), marks)
        plan = self._plans.get(key, UNKNOWN)
        if isinstance(plan, Unknown):
            if len(self._plans) > MOST_PLANS or self._stored > MOST_ANSWERS:
                self._plans.clear()
                self._stored = 0
            plan = self._plans[key] = self._make_plan(value, kind, raw(), around)
        return plan

    def _make_plan(self, value: JSON, kind: str, raw: bytes | None, around: Around) -> _Plan | None:
        if raw is None:
            return None
        if b'"details"' in raw and b'"value"' in raw:  # the decoder may write these out
            return None
        exchange = exchange_of(raw, around)
        text = exchange.source
        try:
            return _Plan(
                Questions(open_gates(self.catalog), see(exchange, Body(kind, None, text, value)))
            )
        except Unclear:
            return None

    def _learn(
        self,
        value: JSON,
        leaves: Leaves,
        raw: bytes | None,
        around: Around,
        plan: _Plan,
        answers: tuple[object, ...],
        reading: Reading | None,
    ) -> Answer | None:
        """Decode a body, and remember what its answer hangs on."""
        if raw is None:
            return None
        self.misses += 1
        report = self._report(raw, around)
        answer = answer_of(report)
        self._stored += 1
        if reading is None:
            reading = plan.readings[answers] = self._read_format(report, value)
            if not _is_documented(report):
                plan.nothing.add(answers)
        known = None
        if reading is not None:
            known = learn_texts(report, leaves, reading)
            reading.answers[reading.key(leaves, around.method)] = known
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


def _is_documented(report: Report) -> bool:
    """Whether a format was recognised, or may have been in what stands inside the body."""
    return report.detection.best is not None or report.body is None


_AUTHORITY = re.compile(r"https?://([^/?#]*)")


def _authority(url: str | None) -> str | None:
    """The part of an address that its host hangs on; of one without a scheme, all of it."""
    if url is None:
        return None
    found = _AUTHORITY.match(url)
    if found:
        return found[1]
    return "/" if url[:1] == "/" and url[:2] != "//" else url


def _path(url: str | None) -> str | None:
    if not url:
        return None
    exchange = exchange_of(b"", Around(url=url))
    return see(exchange, Body("empty", None, exchange.source, None)).path
