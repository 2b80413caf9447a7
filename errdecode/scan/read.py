"""Reads the errors out of a window of a log: cut out, decoded, with what stands around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from time import gmtime

from errdecode.capture.har import read_har
from errdecode.catalog import Catalog
from errdecode.model import Report, Text
from errdecode.model.record import NamedTuple
from errdecode.pipeline import decode_exchange
from errdecode.redact import find_secrets
from errdecode.regex import expression
from errdecode.scan.context import AFTER, BEFORE, merge, read_words, text_before
from errdecode.scan.cut import Cutout, cut
from errdecode.scan.cut.carriers import Buffer
from errdecode.scan.cut.cutouts import is_alone
from errdecode.scan.cut.json_values import MISSING, Missing, as_text
from errdecode.scan.cut.paragraphs import find_paragraph
from errdecode.scan.cut.views import View
from errdecode.scan.log_records import LogRecords, Said, is_own_record
from errdecode.scan.model import Context, Place, Sighting, Unreadable
from errdecode.scan.reading.answers import (
    NO_ANSWER,
    SETTINGS,
    Answer,
    Around,
    answer_of,
    exchange_of,
)
from errdecode.scan.reading.decide import (
    SEVERE,
    Stand,
    carries,
    introduces,
    is_answer,
    is_error,
    is_error_alone,
    needs_sign,
)
from errdecode.scan.reading.descend import (
    Candidate,
    Descent,
    Sight,
    is_errorlike,
    is_of_others,
    is_told,
    is_worth_reading,
)
from errdecode.scan.reading.echoes import hide_echoes
from errdecode.scan.reading.entries import context_of, read_empty
from errdecode.scan.reading.exports import carriers_of
from errdecode.scan.reading.plans import Plans
from errdecode.scan.reading.printed import sight_print
from errdecode.scan.reading.records import find_ticket, read_record
from errdecode.scan.reading.sightings import sight_entry, sight_of
from errdecode.scan.reading.told import LONG_LINE, Told, is_mild, is_none, tell_failures, tell_lines
from errdecode.scan.veil import hide_echoes_of, veil, veil_within
from errdecode.source import to_root

_NOTHING = Context()
_HERE = Place("", 0, 0)
_CUT_OFF = "the body is cut off, and what is left of it says no error for certain"
_HAR_HEAD, _HAR_TAIL = b'{"log":{"entries":[', b"]}}"
Read = tuple[Sighting | Unreadable, int]
"""What is read, and where it begins in the data."""


class _Found(NamedTuple):
    """An error, and where it begins in the data."""

    item: Sighting | Unreadable
    start: int
    carries: bool = False
    """Whether the answer may be a part of it."""


_BEGINS = expression(
    rb"""(?i)["'](?:errors?|fault|exception|error_?code|error_?message)\\*["']\s*:\s*[^\sn\]}f0]"""
    rb"|<(?:\w{1,20}:)?(?:error|fault|exception)"
)
"""How an error begins."""


class Reader:
    """Decodes the documents of windows; remembers answers as long as it lives."""

    def __init__(
        self,
        catalog: Catalog,
        *,
        year: int | None = None,
        remember: bool = True,
        show_secrets: bool = False,
    ) -> None:
        """`year` completes the times of syslog, which bear none: the present one if not given.

        Unless secrets are shown, those of a body are masked where title and message repeat them.
        """
        self.show_secrets = show_secrets
        self.catalog = catalog
        self.year = gmtime().tm_year if year is None else year
        self.remember = remember
        self.plans = Plans(catalog)

    def read(
        self,
        data: Buffer,
        lines: Sequence[int],
        base: int = 0,
        file: str = "-",
        begin: int = 0,
        end: int | None = None,
        *,
        whole: bool = True,
    ) -> Iterator[Sighting | Unreadable]:
        """Read the errors whose first byte stands between `begin` and `end` of a window.

        `lines` are the starts of the lines that bear a signal, sorted; `base` is where the window
        begins in the file. Places' lines are counted from the window's first one, 0-based.
        `whole`: the window shows the file as far as it matters.
        """
        end = len(data) if end is None else end
        counted, number = 0, 0
        found = tell_lines(self._read_cutouts(data, lines, whole=whole and not base))
        for item, start in tell_failures(found, data):
            if begin <= start < end:
                number += data.count(b"\n", counted, start)
                counted = start
                if isinstance(item, Sighting) and not self.show_secrets:
                    item = veil(item, data, start)
                yield item._replace(place=Place(file, base + start, number))

    def _read_cutouts(self, data: Buffer, lines: Sequence[int], *, whole: bool) -> Iterator[Read]:
        """All that is read of what is cut out; a long line is told of before what is in it."""
        done = tried = 0
        counted: set[int] = set()
        records, said = LogRecords(data), Said()
        for cutout in cut(data, lines):
            if cutout.start < done or cutout.told in counted:
                continue  # it stands in what is cut off or belongs to an answer, and was read so
            words, printed = cutout.kind == "text", cutout.kind == "print"
            if words and cutout.how == "body" and is_none(cutout.view.text):
                continue
            if whole and is_alone(data, cutout) and is_error_alone(cutout.value):
                cutout = cutout._replace(alone=True)
            for item, start in self._read_cutout(data, cutout, records):
                if (printed or not cutout.complete) and isinstance(item, Sighting):
                    done = start + item.length
                words, tried = False, max(tried, cutout.end)
                counted.update([cutout.end] if isinstance(item, Sighting) else ())
                if said.is_new(item, data, start, cutout, records):
                    yield item, start
            paragraph = find_paragraph(data, cutout) if words else None
            if paragraph and paragraph.start >= tried and not is_none(paragraph.view.text):
                tried = paragraph.end
                for item, start in self._read_cutout(data, paragraph, records):
                    done = paragraph.end
                    if said.is_new(item, data, start, paragraph, records):
                        yield item, start

    def read_entry(
        self, raw: bytes, base: int = 0, file: str = "-", newlines: int = 0
    ) -> Iterator[Sighting]:
        """Read the error in an entry of a HAR file, if it is one.

        `base` is where the entry begins in the file, `newlines` how many lines end before it.
        """
        text = Text(as_text(_HAR_HEAD + raw + _HAR_TAIL))
        for exchange in read_har(text) or ():
            body = exchange.response.body if exchange.response else None
            report = decode_exchange(exchange, file, 0, SETTINGS, self.catalog)
            answer = answer_of(report)
            context = context_of(exchange, raw, self.year)
            if body is None or not body.value:
                empty = read_empty(raw, answer, exchange.notes)
                if empty:
                    yield sight_entry(raw, context, *empty, Place(file, base, newlines))
                continue
            if answer.outcome != "error":
                continue
            first, last = to_root(body, 0, len(body.value))[1:]
            start = len(text.value[:first].encode("utf-8", "surrogatepass")) - len(_HAR_HEAD)
            length = len(text.value[first:last].encode("utf-8", "surrogatepass"))
            candidate = Candidate(View(raw, 0), MISSING, "har", (), (), "har", False)
            view = View(raw[start : start + length], base + start)
            item, _ = sight_of(candidate, view, context, answer)
            place = Place(file, base + start, newlines + raw.count(b"\n", 0, start))
            if not self.show_secrets:
                item = hide_echoes_of(item, find_secrets(exchange, report.body))
            yield item._replace(place=place)

    def _read_cutout(self, data: Buffer, cutout: Cutout, records: LogRecords) -> Iterator[Read]:
        if cutout.kind == "long":
            yield Unreadable(_HERE, LONG_LINE), cutout.start
            return
        words, before = _NOTHING, b""
        if not is_own_record(cutout):
            before = text_before(data, cutout)
            words = records.complete(self._words(data, cutout, before), cutout, self.year)
        root = Candidate(
            cutout.view, cutout.value, cutout.kind, (), (),
            cutout.how, False, cutout.complete, before,
        )  # fmt: skip
        if cutout.kind == "print":
            report = self.report(cutout.view.text, Around(printed=True))
            found = sight_print(root, report, words, show_secrets=self.show_secrets)
            yield from (found,) if found else ()
        else:
            yield from self._read_all(Descent(root._replace(alone=cutout.alone)), cutout, words)

    def _read_all(
        self, descent: Descent, cutout: Cutout, words: Context, *, within: bool = False
    ) -> Iterator[Read]:
        """The errors among some candidates; where one only carries an answer, that is told instead,
        with what the carrier says of it."""
        told = Told()
        for candidate in descent:
            found = self._read(candidate, cutout, words)
            if found is None:
                continue
            descent.skip()
            if not told.is_new(candidate, found.item):
                continue
            inner: list[Read] = []
            if found.carries and not within:
                inner += self._read_all(Descent.inside(candidate), cutout, words, within=True)
            yield from inner or [(found.item, found.start)]

    def _words(self, data: Buffer, cutout: Cutout, before: bytes) -> Context:
        """What the text around a cutout says, and the head of a transcript."""
        head = cutout.head
        after = bytes(data[cutout.end : cutout.end + AFTER]).partition(b"\n")[0]
        words = read_words(before, after, self.year)
        if cutout.how in ("lines", "string"):
            words = merge(words, read_record(carriers_of(data, cutout), self.year))
        if head is None:
            return words
        fields = {name.lower(): value for name, value in head.fields}
        request_id = fields.get("x-request-id") or fields.get("request-id")
        said = Context(status=head.status, method=head.method, url=head.url, request_id=request_id)
        return merge(said, words)

    def _read(self, candidate: Candidate, cutout: Cutout, words: Context) -> _Found | None:
        """Decode a candidate; None when it is no error."""
        context = words
        if candidate.records:
            context = read_record(candidate.records, self.year)
            if words is not _NOTHING:
                context = merge(context, words)
        if candidate.before and candidate.records:
            context = merge(read_words(candidate.before, b"", self.year), context)
        head = (cutout.head.fields, cutout.head.failure) if cutout.head else ((), "")
        around = Around(context.status, context.method, context.url, *head)
        sight = Sight(candidate)
        answer = self._answer(sight, around)
        if candidate.kind == "text" and is_of_others(candidate, answer):
            answer = NO_ANSWER
        if is_told(candidate) and not self._is_print_out(answer):
            return None
        if candidate.kind == "text" and answer.code is None and is_mild(candidate, context):
            return None
        failed = answer.outcome == "no-response" and answer.format is not None
        if not (answer.outcome == "error" or failed) or not self._is_error(sight, answer, context):
            return self._doubt(sight, context)
        view = sight.view()
        if view is None or sight.is_of_a_row(answer.quoted):
            return None
        if context.request_id is None:
            context = context._replace(request_id=find_ticket(candidate.value))
        if not self.show_secrets and (answer.title or answer.message):
            answer = hide_echoes(answer, candidate.value, sight.raw)
        item, start = sight_of(candidate, view, context, answer)
        if cutout.how == "lines" and candidate.records and not self.show_secrets:
            item = veil_within(item, candidate.records, cutout.view.text)
        return _Found(item, start, carries(candidate.value, answer))

    def _is_print_out(self, answer: Answer) -> bool:
        """Whether an answer is what a client prints of one, in a form that is told for certain and
        bears its code; other texts are the log's own."""
        if answer.format is None:
            return False
        sure = answer.kind == "text" and answer.confidence == "certain" and answer.code is not None
        return sure or self.catalog.name(answer.format).kind == "client"

    def _doubt(self, sight: Sight, context: Context) -> _Found | None:
        """What is no error as far as it goes but was cut off, and began like one."""
        candidate = sight.candidate
        if candidate.complete or candidate.kind not in ("json", "markup"):
            return None
        failing = context.status is not None and context.status >= 400
        if not _BEGINS.search(candidate.view.text[:BEFORE]) or not (
            failing or candidate.named or candidate.alone or introduces(candidate.before)
        ):
            return None
        return _Found(Unreadable(_HERE, _CUT_OFF), candidate.view.at)

    def _is_error(self, sight: Sight, answer: Answer, context: Context) -> bool:
        """Whether it is the error of an API, as far as can be told from how it stands there."""
        if not needs_sign(answer, context.status):
            return True
        candidate = sight.candidate
        named = candidate.named or introduces(candidate.before)
        sure = named and (not candidate.path or is_answer(candidate.path))
        stand = Stand(
            candidate.how, named, sure, context.status,
            is_errorlike(candidate.value, sight.raw), context.level in SEVERE, candidate.alone,
        )  # fmt: skip
        return is_error(answer, stand)

    def _answer(self, sight: Sight, around: Around) -> Answer:
        """What the decoder says of a candidate."""
        candidate = sight.candidate
        value = candidate.value
        if candidate.kind == "head" and self.remember:
            return self.plans.exact(b"", around) or NO_ANSWER
        if not self.remember:
            raw = b"" if candidate.kind == "head" else sight.raw()
            return NO_ANSWER if raw is None else self.answer(raw, around)

        def generic() -> bool:
            return is_worth_reading(candidate, around.status)

        if not isinstance(value, Missing):
            return self.plans.answer(value, "json", sight.raw, around, generic) or NO_ANSWER
        raw = sight.raw()
        return NO_ANSWER if raw is None else self.plans.answer_text(raw, around, generic)

    def answer(self, raw: bytes, around: Around) -> Answer:
        """What the decoder says of a body, without remembering it."""
        return answer_of(self.report(raw, around))

    def report(self, raw: bytes, around: Around) -> Report:
        """All that the decoder says of a body."""
        return decode_exchange(exchange_of(raw, around), "-", 0, SETTINGS, self.catalog)
