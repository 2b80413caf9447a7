"""The laws of words around JSON: what was said counts where the JSON in it is no error."""

from __future__ import annotations

import pytest

from errdecode.pipeline import decode


@pytest.mark.parametrize(
    "said",
    [
        'Error: [Boat error]: Message: Not authorized, Location: [{"line":2,"column":3}], At: "a"',
        "Error: POST https://api.example.com/boats: 422 Validation Failed [{Field:a Code:b Text:}]",
        'panic: cannot reach the harbour {"host": "a.example.com", "try": 3}',
    ],
)
def test_words_of_a_failure_count_where_the_json_in_them_is_none(said: str) -> None:
    """A sentence that begins with `Error` is what was said, not a prefix of data in it."""
    (report,) = decode(said)

    assert [said] == [one.problem.detail or one.problem.title for one in report.diagnostics]
    assert () == report.notes


@pytest.mark.parametrize(
    "said",
    [
        '2026-11-20 10:00:01 ERROR [worker] not sent: {"order": 7, "state": "queued"}',
        'Answer: {"order": 7, "state": "queued"}',
    ],
)
def test_other_words_are_left_out(said: str) -> None:
    """Data behind the words of a log is no error."""
    (report,) = decode(said)

    assert [] == list(report.diagnostics)


def test_json_that_tells_of_an_error_is_read_behind_words() -> None:
    """What a document says of itself comes before the words in front of it."""
    (report,) = decode('Error: it failed: {"error": {"code": "E7", "message": "no boat"}}')

    assert ["no boat"] == [one.problem.detail for one in report.diagnostics]
