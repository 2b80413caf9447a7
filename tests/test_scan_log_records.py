"""What a log goes on with below a line that bears a time belongs to that line's record."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sightings import read_all

from errdecode.scan.log_records import REACH, LogRecords
from errdecode.scan.model import Sighting

BODY = '{"error":{"code":"card_declined","message":"no","type":"card_error"}}'
OTHER = '{"error":{"code":"expired_card","message":"no","type":"card_error"}}'
HEAD = "2026-11-22 12:00:00.500 ERROR [main] app.Quay - call failed request_id=r-17\n"
NOON = 1_795_348_800.0


def sighted(text: str) -> list[Sighting]:
    """The errors of a log."""
    return [item for item in read_all(text.encode()) if isinstance(item, Sighting)]


@pytest.mark.parametrize(
    "below",
    [
        f'app.Declined: 402 Payment Required: "{BODY}"\n',
        f'\napp.Declined: 402 Payment Required: "{BODY}"\n',
        f"app.Failed: no\n\tat app.Quay.moor(Quay.java:7)\nCaused by: app.Declined: 402 {BODY}\n",
        f"  | answered 402 {BODY}\n",
        f"HTTP/1.1 402 Payment Required\nContent-Type: application/json\n\n{BODY}\n",
    ],
)
def test_a_line_without_a_time_has_that_of_its_record(below: str) -> None:
    """Time, level and ids stand in the line that the record begins with."""
    (found,) = sighted(f"{HEAD}{below}2026-11-22 12:00:01 INFO ok\n")

    assert (NOON + 0.5, "error", "r-17") == (
        found.context.time,
        found.context.level,
        found.context.request_id,
    )


@pytest.mark.parametrize(
    "between",
    [
        "2026-11-22 12:00:00 INFO GET /v1/berths returned 200\n",
        f"{HEAD}ERROR app: another record, without a time\n",
        f'{HEAD}{{"msg":"a record of another kind"}}\n',
        f'{HEAD}192.0.2.7 - - [22/Nov/2026:12:00:00 +0000] "GET / HTTP/1.1" 200 3\n',
        f"{HEAD}$ moor --quay 7\n",
        f"{HEAD}web-1  | 2026-11-22 12:00:07 another container\n",
        HEAD + "\tat app.Quay.moor(Quay.java:7)\n" * (REACH // 30),
    ],
)
def test_what_stands_between_ends_a_record(between: str) -> None:
    """Below another record, a success or a command, and far away, nothing is known."""
    (found,) = sighted(f"{between}app.Declined: 402 Payment Required: {BODY}\n")

    assert (None, None) == (found.context.time, found.context.request_id)


def test_a_line_with_a_level_of_its_own_is_another_record() -> None:
    """A log that bears no times lends none from where some stand."""
    (found,) = sighted(f"{HEAD}ERROR app.Quay said 402 {BODY}\n")

    assert (None, "error") == (found.context.time, found.context.level)


def test_the_line_above_a_head_says_what_was_asked_for() -> None:
    """A method and an address right above an answer's head are those of its request."""
    (found,) = sighted(
        "2026-11-22T12:00:00.000Z [DEBUG] quay: answer to POST https://api.example.com/v1/a?b=1: \n"
        f"HTTP/2.0 402 Payment Required\nContent-Type: application/json\n\n{BODY}\n"
    )

    assert (NOON, "debug", "POST", "https://api.example.com/v1/a?b=1", 402) == (
        found.context.time,
        found.context.level,
        found.context.method,
        found.context.url,
        found.status,
    )


def test_words_of_a_client_have_the_time_they_begin_with() -> None:
    """What is read of a line as a whole stands behind its own time and level."""
    (found,) = sighted(
        "2026-11-22T12:00:00Z [ERROR] quay: berths.Client#Get: Failure responding to request: "
        "StatusCode=404 -- Original Error: autorest/azure: Service returned an error. Status=404 "
        'Code="ResourceGroupNotFound" Message="Resource group \'quay\' could not be found."\n'
    )

    assert (NOON, "error") == (found.context.time, found.context.level)


def test_a_record_tells_of_a_failure_once() -> None:
    """A message and the traces below it quote the same body; another one is another failure."""
    trace = f'app.Declined: 402 Payment Required: "{BODY}"\n\tat app.Quay.moor(Quay.java:7)\n'
    record = f"{HEAD[:-1]}: 402 {BODY}\n\n{trace}Caused by: {trace}Suppressed: 402 {OTHER}\n"

    found = sighted(record + record)

    assert ["card_declined", "expired_card"] * 2 == [one.code for one in found]


def test_words_tell_of_the_error_that_their_record_showed() -> None:
    """What a client prints in the end is the answer that it showed before."""
    shown = (
        'E1122 12:00:00.500000   17 berths.go:4] server response object: [{\n  "kind": "Status",\n'
        '  "apiVersion": "v1",\n  "status": "Failure",\n  "message": "pods \\"quay\\" not found",\n'
        '  "reason": "NotFound",\n  "code": 404\n}]\n'
    )
    printed = 'Error from server (NotFound): pods "quay" not found\n'

    assert 1 == len(sighted(shown + printed))
    assert 2 == len(sighted(shown + HEAD + printed))


def test_documents_by_themselves_are_answers_of_their_own() -> None:
    """Two answers may be equal: those with heads, and those in lines of their own."""
    head = "HTTP/1.1 402 Payment Required\nContent-Type: application/json\n\n"

    assert 2 == len(sighted(f"{HEAD}{head}{BODY}\n\n{head}{BODY}\n"))
    assert 3 == len(sighted(f"{HEAD}{BODY}\n{BODY}\n{BODY}\n"))


LONG = ("\t" + "x" * 900 + "\n") * 40
LINES = (HEAD, "\tat app\n", "\n", "words\n", "ERROR x\n", '{"a":1}\n', "$ ls\n", LONG)


@given(st.lists(st.sampled_from(LINES), max_size=9))
@settings(max_examples=40)
def test_a_record_hangs_on_the_lines_above_alone(parts: list[str]) -> None:
    """Where a line's record begins is the same, whatever was asked for before."""
    data = "".join(parts).encode()
    starts = [0, *(found.end() for found in re.finditer(b"\n(?=.)", data, re.DOTALL))]
    asked = LogRecords(data)

    assert [LogRecords(data).begin(at) for at in starts] == [asked.begin(at) for at in starts]


@pytest.mark.parametrize(
    "before",
    [
        'time="2026-11-22T12:00:00.5Z" level=error msg="',
        "level=error ts=2026-11-22T12:00:00.5Z caller=quay.go:7 msg=",
        "logger=context userId=0 t=2026-11-22T13:00:00.5+01:00 level=error msg=",
        f"ts={NOON + 0.5} level=error msg=",
    ],
)
def test_a_line_in_logfmt_begins_with_its_time(before: str) -> None:
    """The member that bears the time stands first, or behind a few others."""
    said = "An error occurred (AccessDenied) when calling the GetItem operation: no"
    (found,) = sighted(f"{before}{said}\n")

    assert (NOON + 0.5, "error") == (found.context.time, found.context.level)


ANSWER = (
    f"{HEAD}<Error><Code>NoSuchKey</Code><Message>none</Message>"
    "<RequestId>R7-A</RequestId></Error>\n"
)
WORDS = "error NoSuchKey: none\n\tstatus code: 404, request id: R7-A, host id: quay=\n"


def test_words_tell_of_an_answer_that_was_logged_before() -> None:
    """A client names the request by the id that the answer bears, also in another record; the words
    are another failure where the id or the code is another, or none was logged."""
    logs = (
        f"{ANSWER}{HEAD}{WORDS}",
        f"{ANSWER}{HEAD}{WORDS.replace('R7-A', 'R7-B')}",
        f"{ANSWER.replace('R7-A', 'R7-AB')}{HEAD}{WORDS}",
        f"{ANSWER.replace('NoSuchKey', 'AccessDenied')}{HEAD}{WORDS}",
        f"{HEAD}{WORDS}{HEAD}{WORDS}",
        f"{ANSWER}{HEAD}{'moored ' * 9}\n" * 2 + f"{HEAD}moored {'x' * REACH}\n{HEAD}{WORDS}",
    )

    assert [1, 2, 2, 2, 2, 3] == [len(sighted(text)) for text in logs]
