"""Reads a pointer anew once the request is known: what leads into XML may be an XPath."""

from __future__ import annotations

from errdecode.model import Body, Problem
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
