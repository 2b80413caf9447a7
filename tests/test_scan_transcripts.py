"""What a terminal showed is read out of a log as it is read out of a paste."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sightings import errors_in

from errdecode.catalog import open_catalog
from errdecode.scan.cut import cut
from errdecode.scan.exemplar import open_exemplar
from errdecode.scan.model import Sighting
from errdecode.scan.read import Reader
from errdecode.scan.run import ScanOptions, scan

BODY = '{"error":{"code":"no_berth","message":"No berth is free"}}'
SENT = "> POST /v1/berths HTTP/2\n> Host: api.example.com\n> \n"
HEAD = "< HTTP/2 409 \n< content-type: application/json\n"


BETWEEN = {
    "nothing": "",
    "the connection": "* Connection #0 to host api.example.com left intact\n",
    "amounts": "{ [58 bytes data]\n* Closing connection 0\n",
    "a meter": "  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n"
    "                                 Dload  Upload   Total   Spent    Left  Speed\n"
    "100    58  100    58    0     0    310      0 --:--:-- --:--:-- --:--:--   310\n",
}


@pytest.mark.parametrize("between", BETWEEN.values(), ids=BETWEEN)
@pytest.mark.parametrize("body", [BODY, BODY.replace(",", ",\n  ")], ids=["a line", "lines"])
def test_what_curl_says_of_itself_does_not_hide_the_head(between: str, body: str) -> None:
    """Its own lines may stand between head and body, and among the fields."""
    told = "* HTTP/2 found, treating it as 2\n"
    (found,) = errors_in(f"{SENT}{HEAD}{told}< x-request-id: r-7\n< \n{between}{body}\n")

    assert (409, "POST", "https://api.example.com/v1/berths", "r-7", "transcript") == (
        found.status,
        found.context.method,
        found.context.url,
        found.context.request_id,
        found.wrapper,
    )


def test_a_list_is_none_of_what_curl_says() -> None:
    """A line with a star counts where it says what curl says, and nowhere else."""
    text = f"{SENT}{HEAD}< \n* Oars are sold out\n{BODY}\n".encode()
    found = list(cut(text, [text.index(b'{"error')]))

    assert [None] == [one.head for one in found]


REFUSED = "HTTP/1.1 404 Not Found\nContent-Length: 0\nDate: Mon, 23 Nov 2026 04:00:00 GMT\n\n"
COMMANDS = {
    "plain": "curl -X PUT https://api.example.com/v1/berths",
    "prompt": "$ curl -X PUT https://api.example.com/v1/berths",
    "user": "ada@quay:~/api$ curl -s https://api.example.com/v1/berths -X PUT | jq .",
    "lines": "$ curl -s \\\n  -X PUT \\\n  https://api.example.com/v1/berths",
    "payload": '$ curl -X PUT https://api.example.com/v1/berths -d \'{\n  "boat": "Swift"\n}\'',
    "here": '% curl -X PUT https://api.example.com/v1/berths -d @- <<END\n{"boat": 7}\nEND',
    "traced": "+ curl -sS -X PUT https://api.example.com/v1/berths",
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
@pytest.mark.parametrize("body", [BODY, BODY.replace(",", ",\n  ")], ids=["a line", "lines"])
def test_an_answer_is_what_a_command_printed(command: str, body: str) -> None:
    """Below a command stands its answer, also without a head and in no documented format."""
    (found,) = errors_in(f"{command}\n{body}\n")

    assert ("no_berth", "PUT", "https://api.example.com/v1/berths", "transcript") == (
        found.code,
        found.context.method,
        found.context.url,
        found.wrapper,
    )


NOT_ASKED = {
    "nothing": "",
    "words": "2026-03-01 INFO quay: as curl shows it\n",
    "a user agent": '192.0.2.7 - - [01/Mar/2026:08:15:03] "GET /berths" 404 "-" "curl/8.9"\n',
    "an open payload": "$ curl https://api.example.com/v1/berths -d '\n",
    "another command": "$ curl https://api.example.com/v1/berths\n$ cat berths.json\n",
}


@pytest.mark.parametrize("before", NOT_ASKED.values(), ids=NOT_ASKED)
def test_without_a_command_it_is_none(before: str) -> None:
    """An object that stands below anything else is no answer for that."""
    assert [] == [one for one in errors_in(f"{before}{BODY}\n") if one.wrapper == "transcript"]


def test_what_curl_says_of_its_failure_is_an_error() -> None:
    """An exit code of curl is found alone, below a command, and in a record's words."""
    said = "curl: (6) Could not resolve host: api.example.org"
    record = f'{{"time":"2026-11-22T12:00:00Z","level":"error","error":"{said}"}}'
    found = errors_in(f"{said}\n{record}\n$ curl https://api.example.org/v1\n{said}\n")

    assert [
        ("curl", "6", None),
        ("curl", "6", None),
        ("curl", "6", "https://api.example.org/v1"),
    ] == [(one.format, one.code, one.context.url) for one in found]


ONE_ANSWER = {
    "after a body": f"{SENT}{HEAD}< \n{BODY}\n* Closing connection 0\n",
    "after a head": f"$ curl -if https://api.example.com/v1\n{REFUSED}",
    "after a bare body": f"$ curl --fail-with-body https://api.example.com/v1\n{BODY}\n",
}


@pytest.mark.parametrize("before", ONE_ANSWER.values(), ids=ONE_ANSWER)
def test_an_answer_and_its_failure_are_one_error(before: str) -> None:
    """What curl says below an answer that refuses belongs to it."""
    found = errors_in(f"{before}curl: (22) The requested URL returned error: 404\n")

    assert 1 == len(found)


HEADS = {
    "alone": REFUSED,
    "and a prompt": f"{REFUSED}ada@quay:~$ curl -I https://api.example.com/v2\n",
    "and a log": f"{REFUSED}2026-03-01 08:15:03 INFO quay opened\n",
    "of -v": "< HTTP/1.1 404 Not Found\n< Content-Length: 0\n< \n* Closing connection 0\n"
    "> GET / HTTP/2\n",
}


@pytest.mark.parametrize("log", HEADS.values(), ids=HEADS)
def test_a_head_without_a_body_is_an_answer(log: str) -> None:
    """A status that refuses is an error, at the place of its head."""
    (found,) = errors_in(f"2026-03-01 INFO before\n{log}")

    assert (404, "transcript", 23, 2) == (
        found.status,
        found.wrapper,
        found.place.offset,
        found.place.line + 1,
    )


def test_an_answered_challenge_is_no_error() -> None:
    """What another answer follows is none that counts."""
    challenge = "HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Digest realm=quay\n\n"
    again = (
        "* Issue another request to this URL: 'https://api.example.com/v1'\n> GET /v1 HTTP/1.1\n"
    )
    heads = (f"{challenge}HTTP/1.1 200 OK\nAge: 7\n\n", f"{challenge}{again}")

    assert [[], []] == [errors_in(text) for text in heads]


def test_heads_that_follow_each_other() -> None:
    """Each that refuses is an answer; what `-v` and `-i` both show is one."""
    twice = f"< HTTP/1.1 404 Not Found\n< Content-Length: 0\n< \n{REFUSED}"

    assert [3, 1] == [len(errors_in(text)) for text in (REFUSED * 3, twice)]


def test_a_text_below_a_head_that_refuses_is_its_body() -> None:
    """The answer is found by its head where no line of its body bears a signal."""
    head = REFUSED.replace("Content-Length: 0", "Content-Type: text/plain")
    text = f"{head}404 page not found\nada@quay:~$ \n"
    found = list(Reader(open_catalog(), year=2026).read(text.encode(), [0]))

    assert [("404 page not found", len(head), 18)] == [
        (one.title, one.place.offset, one.length) for one in found if isinstance(one, Sighting)
    ]


CALL = {"method": "GET", "url": "https://api.example.com/v1/berths/7"}
NONE = {"request": CALL, "response": {"status": 404, "content": {"size": 0}}}
SHOWN = {
    "a.har": json.dumps({"log": {"version": "1.2", "entries": [NONE]}}),
    "head.txt": f"$ curl -I -X GET {CALL['url']}\n{REFUSED}$ curl -X GET {CALL['url']}\n{BODY}\n",
    "body.txt": f"$ curl -X GET {CALL['url']}\n{BODY}\n$ curl https://api.example.com/v2\n",
    "failure.txt": f"$ curl -X GET {CALL['url']}\ncurl: (7) Failed to connect\n$ ls\n",
}


@pytest.mark.parametrize("name", SHOWN)
def test_an_answer_is_opened_with_its_request(tmp_path: Path, warm: Path, name: str) -> None:
    """Whether it has a body or none, its own command or entry says what was asked."""
    file = tmp_path / name
    file.write_text(SHOWN[name], encoding="utf-8")
    asked = []
    for group in scan([str(file)], ScanOptions(jobs=1)).groups:
        report = open_exemplar(group.exemplars[0], open_catalog()).report
        request = report.exchange.request if report else None
        asked.append((request.method, request.url and request.url.value) if request else None)

    assert {(CALL["method"], CALL["url"])} == set(asked)


IMPLIED = {
    "data": ("-d amount=5", "POST"),
    "a long name": ("--data-raw '{}'", "POST"),
    "json": ("--json '{}'", "POST"),
    "a form": ("-F file=@a.txt", "POST"),
    "an upload": ("-T a.txt", "PUT"),
    "the head alone": ("-sI", "HEAD"),
    "data in the address": ("-G -d amount=5", "GET"),
    "nothing": ("-s", "GET"),
    "a method": ("-X DELETE", "DELETE"),
    "over lines": ("\\\n  -d amount=5 \\\n ", "POST"),
}
ABOVE = {"nothing": "", "leave": "HTTP/1.1 100 Continue\n\n", "a field": "HTTP/1.1 100 \nA: b\n\n"}


@pytest.mark.parametrize(("options", "method"), IMPLIED.values(), ids=IMPLIED)
@pytest.mark.parametrize("above", ABOVE.values(), ids=ABOVE)
@pytest.mark.parametrize("body", ["", BODY], ids=["a head", "a body"])
def test_the_method_is_what_the_command_implies(
    options: str, method: str, above: str, body: str
) -> None:
    """A command sends what its options imply, also where leave to go on was given before."""
    command = f"$ curl -i {options} https://api.example.com/v1/berths"
    head = "HTTP/1.1 500 Internal Server Error\nServer: quay\n\n"
    (found,) = errors_in(f"{command}\n{above}{head}{body}\n")

    assert (500, method) == (found.status, found.context.method)
    assert (found.context.url or "").startswith("https://api.example.com/v1/berths")


def test_a_method_that_cannot_be_told_is_none() -> None:
    """Of a command that has no end within its line, data says the method, and nothing else does."""
    head = "HTTP/1.1 500 Internal Server Error\nServer: quay\n\n"
    shown = "+ ssh quay 'cd berths && curl -i {} https://api.example.com/v1'"
    lines = [shown.format(options) for options in ("-s", "-d a=b")]
    found = errors_in("".join(f"{line}\n{head}$ true\n" for line in lines))

    assert [None, "POST"] == [one.context.method for one in found]


NONE_BELOW = {
    "a traced command": "+ echo next\nnext\n",
    "a prompt": "$ ls\na\n",
    "a log line": "INFO next thing\n",
    "a level in brackets": "[DEBUG] next thing\n",
}


@pytest.mark.parametrize("below", NONE_BELOW.values(), ids=NONE_BELOW)
@pytest.mark.parametrize("field", ["", "Retry-After: 3\n"], ids=["no field", "a field"])
def test_what_is_no_body_does_not_hide_the_head(below: str, field: str) -> None:
    """A shell's next command, and the next line of a log, are no answer: the head is one."""
    command = "$ curl -i https://api.example.com/v1\n"
    (found,) = errors_in(f"{command}HTTP/1.1 503 Service Unavailable\n{field}\n{below}")

    assert (503, "Service Unavailable", len(command)) == (
        found.status,
        found.title,
        found.place.offset,
    )
