"""Corrections made in a line, for the tests of what is proposed and how it is written."""

from __future__ import annotations

from errdecode.body import read_body
from errdecode.correct import correct
from errdecode.locate import Sent, locate
from errdecode.model import JSON, Body, Patch, Problem, Text

CHOICES = 'state must be one of the following: "open", "closed", "cancelled"'


def body_of(payload: str) -> Body:
    """A request body as the pipeline reads it."""
    return read_body(Text(payload))


def propose(payload: str, pointer: str, detail: str, **members: JSON) -> Patch | None:
    """The correction of one problem."""
    problem = Problem(
        detail=detail, pointer=pointer, pointer_as_sent=pointer, extensions=dict(members)
    )
    body = body_of(payload)
    return correct(problem, locate(problem, Sent(body)), body)
