"""What of a body's values an answer hangs on once its format is known, and which texts it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from errdecode.extract import extractor_of
from errdecode.format import Clue, Extract, Format, Read
from errdecode.meaning import same_message
from errdecode.model import JSON, Body, Report
from errdecode.model.record import NamedTuple
from errdecode.patterns import select
from errdecode.scan.reading.answers import Answer, answer_of, first_cause, in_a_line, template_of
from errdecode.scan.reading.given import Given
from errdecode.scan.reading.outline import Leaf, leaves_of, number_leaves, way_to
from errdecode.scan.reading.parts import LeafPart, Leaves, Part
from errdecode.scan.reading.questions import Unclear

_MOST_TEXTS = 400
_UNSEEN = frozenset("instance help request_id batch".split())
"""Words of the extractor that no answer shows."""
_FREE = frozenset(("title", "detail"))
"""Words that read texts for people."""
_MOST_UNWRAPPED = 8
_BEGINNING = 48
"""Characters of a text by which it is told that no message matches."""


class Known(NamedTuple):
    """An answer, and which of the body's texts are to be put into it."""

    answer: Answer
    title: Part | None = None
    message: Part | None = None
    code: Part | None = None
    """Only where no format's extractor read it."""


class Unknown:
    """Stands for what is not remembered, or cannot be told."""


UNKNOWN = Unknown()


class Reading:
    """What a format's extractor reads of bodies with one outline."""

    def __init__(self, format: Format, shape: str, body: Body) -> None:
        """Raises `Unclear` when it reads more than the values of the body."""
        extract = extractor_of(format, shape)
        if extract.read not in (None, "body"):
            raise Unclear
        exact, free = _read_parts(extract, body)
        self.format = format
        self.fields = sorted(_fields_read(extract))
        """Names of the response's fields that are read, in lower case."""
        self._fixed = {
            str(read.value)
            for word in _FREE
            for read in getattr(extract, word)
            if isinstance(read, Read) and read.value is not None
        }
        numbers = number_leaves(body.value)
        self.exact = _number(exact, numbers)
        whole = {part.number for part in self.exact if part.pattern is None}
        self.free = [part for part in _number(free, numbers) if part.number not in whole]
        self.messages = [
            (_head(code.message), code.message) for code in format.codes if code.message is not None
        ]
        """Each with how the texts begin that it matches, in lower case."""
        self.answers: dict[tuple[object, ...], Known | None] = {}
        self._matches: dict[str | int | float, tuple[int, ...]] = {}

    def key(self, leaves: Leaves, given: Given) -> tuple[object, ...]:
        """All that the rest of an answer hangs on: also which texts are equal, so that it does not
        count which of them was read."""
        exact = [part.read(leaves) for part in self.exact]
        key: list[object] = [given.method, *given.waits, *exact]
        key += [given.fields.get(name) for name in self.fields]
        if not self.free:
            return tuple(key)
        first = dict.fromkeys(self._fixed, -1)
        first |= {str(said): -2 - number for number, said in enumerate(exact)}
        for number, part in enumerate(self.free):
            said = part.read(leaves)
            if said is None:
                key.append(None)
                continue
            key.append(first.setdefault(str(said), number))
            if self.messages:
                found = self._matches.get(said)
                key.append(self._match(said) if found is None else found)
        return tuple(key)

    def find(self, text: str, leaves: Leaves) -> Part | None:
        """Where a text for people was read; None when it hangs on what counts by value alone."""
        found = (part for part in self.free if str(part.read(leaves)) == text)
        return next(found, None)

    def _match(self, text: str | int | float) -> tuple[int, ...]:
        if len(self._matches) > _MOST_TEXTS:
            self._matches.clear()
        said = str(text)
        begins = " ".join(said[:_BEGINNING].split()).lower()
        plain = begins.isascii() and (len(begins) > _BEGINNING // 2 or len(said) < _BEGINNING)
        found = tuple(
            number
            for number, (head, message) in enumerate(self.messages)
            if (not plain or begins.startswith(head)) and same_message(message, said)
        )
        self._matches[text] = found
        return found


def _head(message: str) -> str:
    """What stands before a message's first placeholder, as far as it is compared at a glance; none
    where letter case is no plain matter."""
    head = " ".join(re.split(r"%s|\{\d\}", message)[0].split()).rstrip(".")[: _BEGINNING // 2]
    return head.lower() if head.isascii() else ""


def _read_parts(extract: Extract, body: Body) -> tuple[set[LeafPart], set[LeafPart]]:
    """What counts by value, and the texts for people."""
    exact: set[LeafPart] = set()
    free: set[LeafPart] = set()
    items = list(_items(extract, body))
    for word in extract._fields:
        if word in _UNSEEN:
            continue
        for read in _reads(getattr(extract, word)):
            into = free if word in _FREE and read.template is None else exact
            for leaf in _reached(read.at or "", items, body):
                into.add(LeafPart(leaf, read.matches))
    return exact, free


def _number(parts: set[LeafPart], numbers: dict[Leaf, int]) -> list[Part]:
    """Parts by the numbers of their leaves, in order."""
    found = {Part(numbers[leaf], pattern) for leaf, pattern in parts if leaf in numbers}
    return sorted(found, key=lambda part: (part.number, part.pattern or ""))


def _fields_read(extract: Extract) -> Iterator[str]:
    for word in extract._fields:
        value = getattr(extract, word)
        for read in value if word not in _UNSEEN and isinstance(value, tuple) else ():
            if isinstance(read, Read) and read.header is not None:
                yield read.header.lower()


def _reads(value: object) -> Iterator[Read]:
    """The places that a word of an extractor reads: those of reads, and of clues."""
    for part in value if isinstance(value, tuple) else ():
        if isinstance(part, Read):
            if part.value is None and part.header is None and part.take == "value":
                yield part
        elif isinstance(part, Clue):
            yield from _reads(part.any)
            yield Read(at=part.at)
        elif isinstance(part, str) and part[:1] in ("", "/", "#"):
            yield Read(at=part)  # type: ignore[arg-type]  # an At


def _items(extract: Extract, body: Body) -> Iterator[tuple[JSON, Leaf]]:
    """All that may be an item, with the way to it; more than there are, but none is left out."""
    xml = body.kind == "xml"
    stack: list[tuple[JSON, Leaf, int]] = []
    for pattern in extract.each or ("",):
        for tokens, value in select(body.value, pattern, fold=xml, lists=xml):
            stack.append((value, way_to(body.value, tokens), _MOST_UNWRAPPED))
    while stack:
        value, way, depth = stack.pop()
        yield value, way
        if extract.unwrap and depth:
            for tokens, inner in select(value, extract.unwrap):
                for index, child in enumerate(inner if isinstance(inner, list) else ()):
                    stack.append((child, (*way, *way_to(value, tokens), index), depth - 1))


def _reached(at: str, items: list[tuple[JSON, Leaf]], body: Body) -> Iterator[Leaf]:
    xml = body.kind == "xml"
    absolute = at.startswith("#")
    starts: list[tuple[JSON, Leaf]] = [(body.value, ())] if absolute else items
    for start, way in starts:
        for tokens, value in select(start, at.removeprefix("#"), fold=xml, lists=xml):
            yield from leaves_of(value, (*way, *way_to(start, tokens)))


# ---------------------------------------------------------------- texts for people


def learn_texts(report: Report, leaves: Leaves, reading: Reading) -> Known | None:
    """Which texts of the body an answer shows; None when that cannot be told."""
    answer, first = answer_of(report), first_cause(report)
    if first is None or first.problem.unverified:
        return None
    problem, explanation = first.problem, first.explanation
    own = explanation is not None and explanation.source != "http-status"
    if own and any(
        code.template for code in reading.format.codes if code.code in (None, problem.code)
    ):
        return None
    title = None if own else problem.title or problem.detail
    message = (problem.detail or problem.title) if problem.code is None or not own else None
    parts = (reading.find(text, leaves) if text else None for text in (title, message))
    return Known(answer, *parts)


def complete(known: Known, leaves: Leaves) -> Answer:
    """Put a body's own texts into an answer."""
    answer = known.answer
    if known.title is not None:
        answer = answer._replace(title=in_a_line(str(known.title.read(leaves))))
    if known.code is not None:
        answer = answer._replace(code=str(known.code.read(leaves)))
    if known.message is not None:
        answer = answer._replace(message=template_of(str(known.message.read(leaves))))
    return answer
