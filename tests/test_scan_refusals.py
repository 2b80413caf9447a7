"""What curl says of an answer that it was told to take for a failure is no error of its own."""

from __future__ import annotations

import pytest
from sightings import errors_in

BODY = '{"error":{"code":"no_berth","message":"No berth is free"}}'
SENT = "> POST /v1/berths HTTP/2\n> Host: api.example.com\n> \n"
HEAD = "< HTTP/2 409 \n< content-type: application/json\n"
SHOWS = "$ curl --fail-with-body -d a=b https://api.example.com/v1"
FAILED = "curl: (22) The requested URL returned error: 502\n"
UNCOUNTED = {
    "a vague object": '{"note":"nope","kind":"E"}\n',
    "an empty line": '{"note":"nope","kind":"E"}\n\n',
    "a page": "<html><body>Bad berth</body></html>\n",
    "the connection": '{"note":"nope"}\n* Connection #0 to host api.example.com left intact\n',
}


@pytest.mark.parametrize("body", UNCOUNTED.values(), ids=UNCOUNTED)
def test_a_failure_counts_where_its_answer_does_not(body: str) -> None:
    """What curl says of its failure is certain; its request is that of the answer."""
    (found,) = errors_in(f"{SHOWS}\n{body}{FAILED}")

    assert ("22", 502, "POST", "reconcile-first") == (
        found.code,
        found.status,
        found.context.method,
        found.verdict,
    )


def test_a_failure_glued_to_its_answer_counts_once() -> None:
    """Behind a body without a final line end, curl's own words begin in the body's line."""
    glued = "* The requested URL returned error: 409\n* Connection #0 to host quay left intact\n"
    (found,) = errors_in(f"{SHOWS} -v\n{SENT}{HEAD}< \n{BODY}{glued}{FAILED}")

    assert "no_berth" == found.code


ASKED = "> POST /v1/berths HTTP/1.1\n> Host: api.example.com\n> \n} [2 bytes data]\n"
REFUSES = "HTTP/1.1 409 Conflict\nContent-Type: application/json\n"
VERBOSE = "".join(f"< {line}\n" for line in REFUSES.splitlines())
RETURNED = "The requested URL returned error: 409\n"
METER = "\r100    58  100    58    0     0    310      0 --:--:-- --:--:-- --:--:--   310\n"
OUT_OF_ORDER = {
    "-v": f"{ASKED}{VERBOSE}< \n{{ [58 bytes data]\n{METER}* Closing connection 0\n"
    f"curl: (22) {RETURNED}{BODY}\n",
    "-i": f"$ curl -i -d a=b https://api.example.com/v1/berths\ncurl: (22) {RETURNED}"
    f"{REFUSES}\n{BODY}\n",
    "-v and -i": f"{ASKED}{VERBOSE}< \n* Closing connection 0\ncurl: (22) {RETURNED}"
    f"{REFUSES}\n{BODY}\n",
    "neither": f"$ curl -d a=b https://api.example.com/v1/berths\ncurl: (22) {RETURNED}{BODY}\n",
}


@pytest.mark.parametrize("log", OUT_OF_ORDER.values(), ids=OUT_OF_ORDER)
def test_a_failure_above_its_answer_is_the_same_error(log: str) -> None:
    """Where both go to a file curl's own words come first; the answer has its status and its
    request."""
    (found,) = errors_in(log)

    assert ("no_berth", "POST", "https://api.example.com/v1/berths") == (
        found.code,
        found.context.method,
        found.context.url,
    )


GIVEN_UP = {
    "silent": f"{ASKED}{VERBOSE}* {RETURNED}* Closing connection 0\n",
    "a failure": f"{ASKED}{VERBOSE}* {RETURNED}{METER}curl: (22) {RETURNED}",
    "-i": f"{ASKED}{VERBOSE}* {RETURNED}curl: (22) {RETURNED}{REFUSES}\n",
}


@pytest.mark.parametrize("log", GIVEN_UP.values(), ids=GIVEN_UP)
def test_a_head_that_curl_gives_up_at_is_an_answer(log: str) -> None:
    """With `--fail` curl's own words stand where the empty line would: one error, with its
    request."""
    (found,) = errors_in(f"{log}$ ls\n")

    assert (409, "POST", "https://api.example.com/v1/berths", "transcript") == (
        found.status,
        found.context.method,
        found.context.url,
        found.wrapper,
    )


def test_the_failure_of_another_answer_counts() -> None:
    """An answer with another status, or below other lines, is not that of a failure above it."""
    other = f"curl: (22) {RETURNED}{REFUSES.replace('409', '404')}\n{BODY}\n"
    apart = f"curl: (22) {RETURNED}the quay is closed\n{REFUSES}\n{BODY}\n"

    assert [2, 2] == [len(errors_in(text)) for text in (other, apart)]
