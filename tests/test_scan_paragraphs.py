"""What a client prints of an answer over several lines is one error, like one in a line."""

from __future__ import annotations

import re

import pytest
from sightings import read_all

from errdecode.catalog import open_catalog
from errdecode.scan.model import Sighting
from errdecode.scan.read import Reader

SAID = (
    "(AuthorizationFailed) The client may not read this quay.\n"
    "Code: AuthorizationFailed\n"
    "Message: The client may not read this quay."
)
BEFORE = {
    "nothing": "",
    "an empty line": "quay opened\n\n",
    "a record": '{"level":"info","message":"quay opened","time":"2026-03-01T08:00:00Z"}\n',
    "a log line": "2026-03-01 08:00:00 INFO quay opened\n\n",
    "a command": "$ az vm show --name quay\n",
}
BEHIND = {
    "nothing": "",
    "an empty line": "\nquay closed\n",
    "a record": '{"level":"info","message":"quay closed","time":"2026-03-01T08:00:00Z"}\n',
    "a log line": "2026-03-01 08:00:00 INFO quay closed\n",
    "a prompt": "ada@quay:~$ ls\n",
}


@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE)
@pytest.mark.parametrize("behind", BEHIND.values(), ids=BEHIND)
def test_a_message_over_lines_is_read_whole(before: str, behind: str) -> None:
    """Whichever of its lines bears the signal, it is found once, from first byte to last."""
    data = f"{before}{SAID}\n{behind}".encode()
    start = len(before)
    lines = [found.start() for found in re.finditer(rb"(?m)^.", data)]
    own = [line for line in lines if start <= line < start + len(SAID)]
    reader = Reader(open_catalog(), year=2026)
    found = [list(reader.read(data, some)) for some in (lines, *([line] for line in own))]

    assert [[("azure-sdk", "AuthorizationFailed", start, len(SAID))]] * 4 == [
        [(one.format, one.code, one.place.offset, one.length) for one in items]  # type: ignore[union-attr]
        for items in found
    ]


def test_its_record_belongs_to_it() -> None:
    """Where a record of a log begins with it, it begins with the record."""
    data = f"2026-03-01 08:00:00 INFO a\n2026-03-01 08:00:01 ERROR {SAID}\n"
    (found,) = read_all(data.encode())

    assert (27, 2) == (found.place.offset, found.place.line + 1)


def test_lines_that_are_errors_alone_stay_apart() -> None:
    """Errors in lines of their own are not put together."""
    line = "operation error S3: PutObject, https response error StatusCode: 403, RequestID: 0A, "
    line += "api error AccessDenied: Access Denied\n"
    found = [one for one in read_all((line * 3).encode()) if isinstance(one, Sighting)]

    assert [0, len(line), 2 * len(line)] == [one.place.offset for one in found]


def test_a_long_text_is_none() -> None:
    """What goes on over very many lines is no message of a client."""
    text = "so it goes\n" * 30 + SAID + "\n"

    assert [] == read_all(text.encode())


def test_a_document_in_the_lines_above_is_no_part_of_a_message() -> None:
    """An answer that a log shows behind its own words is told beside what a client says below."""
    answer = '{"error":{"code":"ResourceGroupNotFound","message":"The group quay is not found."}}'
    shown = f"quay.policies: Response content:\nquay.policies: {answer}\n"
    found = read_all(f"{shown}ERROR: {SAID}\n".encode())

    assert [("ResourceGroupNotFound", 1), ("AuthorizationFailed", 2)] == [
        (item.code, item.place.line) for item in found if isinstance(item, Sighting)
    ]


FAILED = "Error: Request failed with status code 404"
NO_FAILURE = {
    "a check mark": f"  ✓ throws {FAILED}\n  ✔ {FAILED}\n",
    "TAP": f"ok 7 - throws {FAILED}\n",
    "a runner": f"--- PASS: throws {FAILED}\nPASS {FAILED}\n",
    "a source": "src/a.js:7:    throw new Error('Request failed with status code 404');\n"
    "src/b.py:3:    # answered by HTTP Error 404: Not Found\n",
    "Python": "    raise Refused('Request failed with status code 404')\n",
}


@pytest.mark.parametrize("text", NO_FAILURE.values(), ids=NO_FAILURE)
def test_tests_that_passed_and_sources_are_no_failures(text: str) -> None:
    """What they say of an error did not happen."""
    assert [] == list(read_all(text.encode()))


FAILURES = (
    f"  ✗ throws {FAILED}\n",
    f"not ok 7 - {FAILED}\n",
    f"    throw new Error('Request failed')\n    ^\n\n{FAILED}\n    at main (/srv/quay.js:7:3)\n",
    f"{FAILED} (throw new Error('no'))\n",
)


@pytest.mark.parametrize("text", FAILURES)
def test_tests_that_failed_and_what_was_raised_count(text: str) -> None:
    """A line of a source above an error hides it not."""
    assert [404] == [one.status for one in read_all(text.encode()) if isinstance(one, Sighting)]
