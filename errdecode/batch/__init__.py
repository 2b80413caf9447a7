"""What many problems come down to: their root causes, and how many items of a batch failed.

`sameness` tells which problems are of one kind, `grouping` makes groups of them and puts first what
is to be fixed first, `counting` counts the items that failed, and all there are. `fates` reads what
no documented format covers.
"""

from __future__ import annotations

from collections.abc import Sequence

from errdecode.batch.counting import Counter
from errdecode.batch.fates import (
    failed_places,
    find_items,
    may_have_failed,
    read_failed,
    says_failed,
)
from errdecode.batch.grouping import group
from errdecode.extract import extractor_of
from errdecode.extract.reads import Source
from errdecode.format import Format
from errdecode.model import Batch, Body, Detection, Diagnostic, Exchange, Group
from errdecode.patterns import select
from errdecode.pointer import Tokens

__all__ = [
    "failed_places",
    "find_answered",
    "may_have_failed",
    "read_failed",
    "says_failed",
    "sum_up",
]


def find_answered(
    exchange: Exchange, body: Body, format: Format | None, detection: Detection
) -> list[Tokens]:
    """The places of a batch's items in its answer, failed or not; none when it is no batch."""
    source = _source_of(exchange, body, format, detection)
    if source is None:
        found = find_items(body, exchange.response.status if exchange.response else None)
        return [(*found.place, str(at)) for at in range(len(found.values))] if found else []
    patterns = source.extract.batch
    xml = source.is_xml
    return [place for one in patterns for place, _ in select(body.value, one, fold=xml, lists=xml)]


def _source_of(
    exchange: Exchange, body: Body, format: Format | None, detection: Detection
) -> Source | None:
    if format is None or detection.best is None or not detection.best.shape:
        return None
    return Source(exchange, body, extractor_of(format, detection.best.shape))


def sum_up(
    diagnostics: Sequence[Diagnostic],
    exchange: Exchange,
    bodies: tuple[Body, Body | None],
    format: Format | None,
    detection: Detection,
) -> tuple[tuple[Group, ...], Batch | None]:
    """Group problems by root cause, and count the items of the batch that failed.

    `bodies` are that of the response and that of the request. The items are counted in the response
    where the format's extractor knows them, else in an array of the request that problems point
    into.
    """
    if not diagnostics:
        return (), None
    body, payload = bodies
    source = _source_of(exchange, body, format, detection)
    sent = payload.value if payload and payload.kind != "documents" else None
    counter = Counter(source, sent, body.value)
    problems = [diagnostic.problem for diagnostic in diagnostics]
    if any(problem.unverified for problem in problems):
        counter.add(find_items(body, exchange.response.status if exchange.response else None))
    return group(diagnostics, counter), counter.count_failed(problems) or counter.count_array(
        problems
    )
