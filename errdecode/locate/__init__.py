"""Find a problem in the caller's own request: from what the server says of it to its places.

`dialects` fits a pointer to the request, `payload` follows it into the body, `inside` goes on in
strings that hold documents, `documents` in one of several, `rows` in one item of a batch. `parts`
finds parameters, fields and cookies, `lines` finds lines and columns, which `parsers` tell each in
their way. `repair` reads a pointer that leads nowhere anew, with other `spelling`s and by the
values that the server quotes (`echo`), `branches` without what names no member.
"""

from __future__ import annotations

from collections.abc import Sequence

from errdecode.body import read_body
from errdecode.locate.dialects import fit_dialect, leave_url
from errdecode.locate.payload import MOST_PLACES, locate_in_body, locate_in_response
from errdecode.locate.spelling import Names
from errdecode.model import Body, Location, Problem, Request
from errdecode.model.record import NamedTuple
from errdecode.pointer import Tokens

__all__ = [
    "MOST_PLACES",
    "Sent",
    "fit_dialect",
    "leave_url",
    "locate",
    "match_items",
    "read_request_body",
    "read_sent",
]


class Sent(NamedTuple):
    """What problems are looked for in: the caller's request, and the body that answers it."""

    body: Body | None
    """The request's, parsed; None when the capture does not show one."""
    request: Request | None = None
    names: Names | None = None
    """The names in the body, which serve all problems of one report."""
    answer: Body | None = None
    """The response's body."""
    shares: dict[Tokens, Sequence[int]] = {}  # noqa: RUF012  # nobody writes to it
    """Which of several documents in the body the items of the answer are about: their indices."""

    @property
    def described(self) -> str:
        """The body in words, for the head of a frame."""
        return (self.request.described if self.request else "") or "the request body"


def read_sent(request: Request | None, answer: Body | None = None) -> Sent:
    """Read a request for problems to be found in."""
    return Sent(read_request_body(request), request, Names(), answer)


def match_items(sent: Sent, items: Sequence[Tokens]) -> Sent:
    """Match the items of an answer with the documents of a request that has several of them.

    A note on the body says whether they could be.
    """
    if sent.body is None or sent.body.kind != "documents":
        return sent
    from errdecode.locate.documents import share_out

    shares = share_out(items, sent.answer.value if sent.answer else None, sent.body.value)
    first, *others = sent.body.notes
    said = "the items of the answer are matched with them in order" if shares else _UNMATCHED
    told = first._replace(message=f"{first.message}; {said}")
    return sent._replace(body=sent.body._replace(notes=(told, *others)), shares=shares)


_UNMATCHED = "nothing tells which of them an error is about, so each is searched"


def read_request_body(request: Request | None) -> Body | None:
    """The request's body, parsed; None when the capture does not show one."""
    if request is None or request.body is None:
        return None
    declared = (f.value.value for f in request.headers if f.name.lower() == "content-type")
    body = read_body(request.body, next(declared, None))
    may_be_several = body.kind == "text" or (body.kind == "json" and body.tree is not None)
    if not may_be_several:
        return body
    from errdecode.body.documents import read_documents

    return read_documents(body) or body


def locate(problem: Problem, sent: Sent) -> tuple[Location, ...]:
    """Every place that a problem names, the most particular first; none without a request.

    A pointer that leads nowhere is a location too: with the nearest parent there is, close names in
    it, and other readings of the pointer. A pattern such as `/items/*/price` has a location for
    each place that it reaches, at most `MOST_PLACES`.
    """
    found = _in_body(problem, sent)
    if sent.request and (problem.parameter or problem.header):
        from errdecode.locate.parts import locate_in_parts

        single = None if sent.body and sent.body.kind == "documents" else sent.body
        found += locate_in_parts(problem, sent.request, single)
    if sent.body and sent.body.kind != "empty":
        from errdecode.locate.lines import index_of_text, locate_lines

        if index_of_text(problem, sent.body) is not None:  # the pointer is a number of characters
            found = [one for one in found if one.found and one.pointer]
        if sent.body.kind == "documents":
            from errdecode.locate.documents import locate_lines_in_documents

            shares = sent.shares
            found += locate_lines_in_documents(problem, sent.body, sent.described, shares, found)
        else:
            found += locate_lines(problem, sent.body, sent.described, found)
    if sent.answer and problem.response_pointer is not None:
        found += locate_in_response(problem.response_pointer, sent.answer)
    return tuple(found)


def _in_body(problem: Problem, sent: Sent) -> list[Location]:
    """Follow a pointer into the body; a request that has none is one of its query."""
    if problem.pointer_as_sent is None or problem.parameter_in not in (None, "body"):
        return []
    if problem.header:
        return []
    if sent.body is not None and sent.body.kind != "empty":
        if sent.body.kind == "documents":
            from errdecode.locate.documents import locate_in_documents

            return locate_in_documents(problem, sent.body, sent.described, sent.names, sent.shares)
        return locate_in_body(problem, sent.body, sent.described, sent.names)
    if sent.request is None or problem.parameter_in == "body":
        return []
    from errdecode.locate.parts import locate_pointer_in_query

    return locate_pointer_in_query(problem, sent.request)
