"""`errdecode catalog new ID`: a commented file whose blanks `errdecode catalog check` lists."""

from __future__ import annotations

from errdecode.authoring.draft import (
    BLANK_CODE,
    BLANK_EXAMPLE,
    Draft,
    ExampleDraft,
    Line,
    check_id,
    name_for,
    write_draft,
)


def skeleton(id: str) -> str:
    """The text of a new catalog file. Raises `UsageError` for an id that cannot be one."""
    return write_draft(
        Draft(
            check_id(id),
            name_for(id),
            required=(
                Line({"at": "/error/code", "is": "string"}),
                Line({"at": "/error/message", "is": "string"}),
            ),
            supporting=(
                Line({"at": "/error/code", "known": True}),
                Line({"host": "*.example.com"}, hidden=True),
            ),
            excluding=(Line({"at": "/errors"}, hidden=True),),
            extract=(
                Line("/error/code", name="code"),
                Line("/error/message", name="detail"),
                Line("/error/field", "into the request's body", "pointer", hidden=True),
                Line("dotted", "json-pointer | jsonpath | ...", "pointer_dialect", hidden=True),
            ),
            codes=(BLANK_CODE._replace(actor="caller"),),
            examples=(BLANK_EXAMPLE._replace(status=404),),
            counterexamples=(
                ExampleDraft(
                    "a number in place of the code",
                    '{"error": {"code": 404, "message": "Not found"}}',
                ),
            ),
        )
    )
