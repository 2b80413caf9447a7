"""The output of `wget`: the answer, from the headers that `-S` prints or from wget's own words."""

from __future__ import annotations

import re
from itertools import islice

from errdecode.capture.fields import STATUS_LINE, line_end, read_fields, read_head, read_response
from errdecode.capture.terminal import MOST, trim
from errdecode.model import Exchange, Request, Response, Text
from errdecode.regex import expression
from errdecode.source import cut, join

_STATUS = expression(r"^[ ]{2}(?=HTTP/\d(?:\.\d)? \d{3})", re.M)
_ANSWER = expression(r"^HTTP request sent, awaiting response\.\.\. (\d{3})[ ]?([^\r\n]*)", re.M)
_URL = expression(r"^--\d{4}-\d\d-\d\d \d\d:\d\d:\d\d--[ ]{1,4}(\S+)", re.M)
_OWN = expression(  # what wget itself says; the rest is the body that `-O -` prints
    r"--\d{4}-\d\d-\d\d|Resolving |Connecting to |HTTP request sent|Length: |Saving to: |Location: "
    r"|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d |Username/Password |Authentication selected|WARNING: "
    r"|Reusing existing |Remote file|Server file"
    r"|[ \t]*\d{1,9}K [. ]|-[ ]{10,}|\S{1,60}[ ]+\d{1,3}%\[|\S{1,60}[ ]+\[[ <=>]{3,}\]"
)


def read_wget(text: Text, start: int, end: int) -> list[Exchange]:
    """Read a `wget` transcript as one exchange, the earlier answers with it; empty without any."""
    value = text.value
    responses: list[Response] = []
    taken: list[tuple[int, int]] = []
    for found in islice(_STATUS.finditer(value, start, end), MOST):
        stop, after = line_end(value, found.end(), end)
        head = read_head(value, after, _unindented(value, after, end), "  ")
        fields = read_fields(text, head.lines)
        responses.append(read_response(text, found.end(), stop, fields, None))
        taken.append((found.start(), head.end))
    if not responses:
        responses = [
            Response(int(found[1]), found[2].strip() or None)
            for found in islice(_ANSWER.finditer(value, start, end), MOST)
        ]
    if not responses:
        return []
    body = join(text, _rest(value, start, end, taken))
    lead = len(body.value) - len(body.value.lstrip())
    trimmed = trim(body.value, lead, len(body.value))
    if body.value.strip():
        responses[-1] = responses[-1]._replace(body=cut(body, lead, trimmed.end))
    urls = [found.span(1) for found in _URL.finditer(value, start, end)]
    request = Request(url=cut(text, *urls[-1])) if urls else None
    return [Exchange("http", text, start, end, request, responses[-1], tuple(responses[:-1]))]


def _unindented(value: str, at: int, end: int) -> int:
    """Where the indented lines end."""
    while at < end and value.startswith("  ", at) and not STATUS_LINE.match(value, at + 2):
        at = line_end(value, at, end)[1]
    return at


def _rest(value: str, start: int, end: int, taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The lines that neither belong to a head nor are wget's own words."""
    pieces: list[tuple[int, int]] = []
    heads = iter([*taken, (end, end)])
    head = next(heads)
    at = start
    while at < end:
        if at >= head[0]:
            at = max(at, head[1])
            head = next(heads, (end, end))
            continue
        after = line_end(value, at, end)[1]
        if not _OWN.match(value, at, after):
            if pieces and pieces[-1][1] == at:
                pieces[-1] = (pieces[-1][0], after)
            else:
                pieces.append((at, after))
        at = after
    return pieces
