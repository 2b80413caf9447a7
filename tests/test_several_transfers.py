"""Several transfers in one capture: each answer is read, and belongs to its own request."""

from __future__ import annotations

import pytest

from errdecode.capture import read_exchanges
from errdecode.model import Exchange, Text

HARBOUR = "https://api.example.com/v1"
ANSWERS = (
    'HTTP/1.1 404 Not Found\nContent-Type: application/json\n\n{"error":"no_quay"}',
    'HTTP/1.1 500 Oops\nContent-Type: application/json\n\n{"error":"no_crane"}',
)


def read(command: str, output: str) -> list[Exchange]:
    """The exchanges of a command with its output."""
    prompt = f"$ {command}\n" if command else ""
    return read_exchanges(Text(f"{prompt}{output}\n"))


def told(exchanges: list[Exchange]) -> list[tuple[int | None, str]]:
    """The status and the body of each answer."""
    answers = [one.response for one in exchanges if one.response]
    return [(one.status, one.body.value.strip() if one.body else "") for one in answers]


def asked(exchanges: list[Exchange]) -> list[str | None]:
    """The address of each request."""
    return [one.request.url.value if one.request and one.request.url else None for one in exchanges]


@pytest.mark.parametrize("between", ["\n", "", "\n\n"])
@pytest.mark.parametrize("command", ["", f"for i in 1 2; do curl -si {HARBOUR}/$i; done"])
def test_each_error_in_a_row_is_an_answer(command: str, between: str) -> None:
    """Behind an error with a document begins another exchange, also where no line ends between."""
    found = read(command, between.join(ANSWERS))

    assert [(404, '{"error":"no_quay"}'), (500, '{"error":"no_crane"}')] == told(found)


def test_a_challenge_and_a_redirect_lead_to_the_answer() -> None:
    """What a client goes on from by itself is no answer of its own."""
    challenge = "HTTP/1.1 401 No\nWWW-Authenticate: Digest\n\n{}\n"
    redirect = "HTTP/1.1 302 Found\nLocation: /v2\n\n<p>moved</p>\n"
    [found] = read(f"curl -iL --digest -u a:b {HARBOUR}", challenge + redirect + ANSWERS[1])

    assert [401, 302] == [one.status for one in found.earlier]
    assert [(500, '{"error":"no_crane"}')] == told([found])


def test_attempts_are_one_exchange() -> None:
    """With --retry only the last answer counts; the others stand before it."""
    [found] = read(f"curl -i --retry 3 {HARBOUR}", "\n".join(ANSWERS))

    assert [404] == [one.status for one in found.earlier]
    assert [(500, '{"error":"no_crane"}')] == told([found])


@pytest.mark.parametrize(
    ("words", "addresses", "methods", "bodies"),
    [
        ("{0}/a {0}/b", ["/a", "/b"], ["GET", "GET"], [None, None]),
        ("{0}/a {0}/b -d x=1", ["/a", "/b"], ["POST", "POST"], ["x=1", "x=1"]),
        ("-d x=1 {0}/a --next -X DELETE {0}/b", ["/a", "/b"], ["POST", "DELETE"], ["x=1", None]),
        ("{0}/a -: -d y=2 {0}/b", ["/a", "/b"], ["GET", "POST"], [None, "y=2"]),
        ("{0}/a {0}/b {0}/c", [None, None], ["GET", "GET"], [None, None]),
    ],
)
def test_each_answer_belongs_to_its_request(
    words: str, addresses: list[str | None], methods: list[str], bodies: list[str | None]
) -> None:
    """curl asks its addresses in order; where one answer is missing, none is said to be whose."""
    found = read(f"curl -i {words.format(HARBOUR)}", "\n".join(ANSWERS))
    requests = [one.request for one in found if one.request]

    assert [one and HARBOUR + one for one in addresses] == asked(found)
    assert methods == [one.method for one in requests]
    assert bodies == [one.body.value if one.body else None for one in requests]


FAILED = "curl: (22) The requested URL returned error: 422\n"
AGAIN = "Warning: Problem: HTTP error. Will retry in 1 second. 1 retry left.\n"
REFUSED = '{"error":"no_berth"}'
HEAD = "HTTP/2 422 \ncontent-type: application/json\n\n"


@pytest.mark.parametrize("prompt", ["", f"curl -si --fail-with-body {HARBOUR} 2>&1 | tee log"])
def test_an_answer_below_curls_failure_is_read(prompt: str) -> None:
    """A pipe shows what curl says of it before what it wrote."""
    [found] = read(prompt, f"{FAILED}{HEAD}{REFUSED}")

    assert [(422, REFUSED)] == told([found])


@pytest.mark.parametrize("head", ["", HEAD])
@pytest.mark.parametrize("command", ["", f"curl -s --retry 1 --fail-with-body {HARBOUR}"])
def test_the_last_attempt_counts(command: str, head: str) -> None:
    """What curl tried again after stands before the answer that it ended with."""
    first = head.replace("422", "503") + '{"error":"no_crane"}\n'
    failed = FAILED.replace("422", "503")
    found = read(command, f"{first}{failed}{AGAIN}{head}{REFUSED}\n{FAILED}")

    assert [REFUSED] == [body for _, body in told(found)]
    assert ['{"error":"no_crane"}'] == [
        one.body.value.strip() for exchange in found for one in exchange.earlier if one.body
    ]


def test_another_address_answers_behind_a_failure() -> None:
    """Where no server was reached, an answer is that of the next address."""
    words = f"curl -i https://nowhere.example.com {HARBOUR}"
    output = f"curl: (6) Could not resolve host: nowhere.example.com\n{HEAD}{REFUSED}"
    found = read(words, output)

    assert [6, None] == [one.failure.code if one.failure else None for one in found]
    assert ["https://nowhere.example.com", HARBOUR] == asked(found)


def test_a_success_before_an_error_is_the_first_requests() -> None:
    """As many heads as requests belong to them one by one, whatever they say."""
    first = 'HTTP/1.1 201 Created\nContent-Type: application/json\n\n{"id":7}\n'
    found = read(f"curl -i -d x=1 {HARBOUR}/a --next -X DELETE {HARBOUR}/b", first + ANSWERS[0])

    assert [(201, '{"id":7}'), (404, '{"error":"no_quay"}')] == told(found)
    assert [f"{HARBOUR}/a", f"{HARBOUR}/b"] == asked(found)
