"""Reads a pointer anew once the request is known: what leads into XML may be an XPath, and what is
the path of the URL is no pointer."""

from __future__ import annotations

from errdecode.model import Body, Problem, Request
from errdecode.pointer import build, read_pointer

_INTO_JSON = ("json-pointer", "dotted")


def fit_dialect(problem: Problem, body: Body | None) -> Problem:
    """Take a pointer for an XPath, where it is written like one and the request's body is XML.

    Only a pointer that is as it was sent: not one that was made of something else, or that counts
    from a place the format names.
    """
    sent = problem.pointer_as_sent
    if body is None or body.kind != "xml" or sent is None or problem.dialect not in _INTO_JSON:
        return problem
    from errdecode.pointer.written import is_xpath

    read = read_pointer(sent, problem.dialect).tokens
    if problem.pointer != (None if read is None else build(read)) or not is_xpath(sent):
        return problem
    tokens = read_pointer(sent, "xpath").tokens or ()
    return problem._replace(pointer=build(tokens), dialect="xpath", promised=problem.dialect)


def leave_url(problem: Problem, request: Request | None) -> Problem:
    """Take a pointer that is only assumed for none, where the path of the request's URL ends so."""
    sent = (problem.pointer_as_sent or "").partition("?")[0].rstrip("/")
    if not problem.assumes or not sent.startswith("/") or request is None or request.url is None:
        return problem
    path = request.url.value.partition("#")[0].partition("?")[0].rstrip("/")
    if not path.endswith(sent):
        return problem
    return problem._replace(pointer=None, pointer_as_sent=None, assumes=None)
