"""What a program prints of a client's error, member by member, is one error of a log."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sightings import read_all

from errdecode.catalog import open_catalog
from errdecode.scan.cut.unfinished import find_unfinished
from errdecode.scan.exemplar import open_exemplar
from errdecode.scan.model import Sighting
from errdecode.scan.run import ScanOptions, scan

STACK = "    at settle (/srv/quay/client.js:19:12)\n    at async main (/srv/quay/main.js:3:3)"
MEMBERS = """ {
  code: 'ERR_BAD_REQUEST',
  config: {
    headers: { Authorization: 'Bearer anchor-rope-tide-0123' },
    method: 'post',
    url: 'https://api.example.com/boats',
    data: '{"name":"","note":"anchor-rope-tide-0123"}'
  },
  response: {
    status: 422,
    headers: { 'x-request-id': 'r-77' },
    data: {
      message: 'The given data was invalid.',
      errors: { name: [ 'The name field is required.' ] }
    }
  }
}
"""
HEAD = "AxiosError: Request failed with status code 422\n"
PRINT = f"{HEAD}{STACK}{MEMBERS}"
GOT = f"""HTTPError: Response code 409 (Conflict)
{STACK} {{
  code: 'ERR_NON_2XX_3XX_RESPONSE',
  response: {{
    statusCode: 409,
    body: '{{"message":"Conflict","documentation_url":"https://docs.example.com","status":"409"}}'
  }},
  options: {{
    method: 'PUT',
    url: URL {{
      href: 'https://api.example.com/boats/7'
    }}
  }}
}}
"""
CARRIERS = {
    "nothing": lambda line: line,
    "Docker": lambda line: f'{{"log":{json.dumps(line + chr(10))},"stream":"stderr"}}',
    "CRI": lambda line: f"2026-03-01T08:15:03.1Z stderr F {line}",
    "a service": lambda line: f"api-1  | {line}",
    "a time": lambda line: f"2026-03-01T08:15:03.1234567Z {line}",
    "both in CRI": lambda line: f"2026-03-01T08:15:03.1Z stderr F 08:15:03 [quay] {line}",
}


def sightings(text: str) -> list[Sighting]:
    """The errors of a log in which every line bears a signal."""
    return [one for one in read_all(text.encode()) if isinstance(one, Sighting)]


@pytest.mark.parametrize("around", CARRIERS)
def test_a_print_is_one_error(around: str) -> None:
    """Its status, its body and its request are told together, and its first line is no error of
    its own."""
    lines = "".join(f"{CARRIERS[around](line)}\n" for line in PRINT.splitlines())
    (found,) = sightings(f"the quay is open\n{lines}the quay is closed\n")

    assert ("laravel", "/name", 422, "POST", "https://api.example.com/boats", "r-77") == (
        found.format,
        found.pointer,
        found.status,
        found.context.method,
        found.context.url,
        found.context.request_id,
    )


def test_lines_of_others_are_no_part_of_a_print() -> None:
    """What stands behind other words among its lines ends it."""
    lines = [f"api-1  | {line}" for line in PRINT.splitlines()]
    found = sightings("\n".join((*lines[:5], "web-1  | moored", *lines[5:])))

    assert [] == [one for one in found if one.length > len(lines[0])]


def test_prints_of_one_log_are_told_apart() -> None:
    """Each is an error of its own, dated by the record that it goes on with."""
    found = sightings(f"2026-03-01T08:15:03Z ERROR {PRINT}2026-03-01T08:15:09Z ERROR {GOT}{PRINT}")

    assert [(422, 1_772_352_903.0), (409, 1_772_352_909.0), (422, 1_772_352_909.0)] == [
        (one.status, one.context.time) for one in found
    ]


def test_what_is_read_of_a_print_is_what_it_repeats_without_its_secrets() -> None:
    """What the request of a print bears is masked where the answer repeats it."""
    echo = PRINT.replace("The name field is required.", "anchor-rope-tide-0123 is no name.")
    (found,) = sightings(echo)

    assert found.message is not None
    assert "anchor-rope-tide" not in f"{found.message} {found.title}"


ORDINARY = {
    "an error of the program": "Error: ENOENT: no such file, open 'boats.json'\n"
    f"{STACK} {{\n  errno: -2,\n  code: 'ENOENT',\n  status: 404\n}}\n",
    "an object": "User {\n  id: 7,\n  status: 404,\n  url: 'https://api.example.com/7'\n}\n",
    "no end": f"{HEAD}{STACK}{MEMBERS.removesuffix('}' + chr(10))}quay\n".replace("42", "20"),
}


@pytest.mark.parametrize("text", ORDINARY.values(), ids=ORDINARY)
def test_other_prints_are_no_errors(text: str) -> None:
    """An error without an answer, and an object that is no error, are none of an API."""
    found = [one for one in sightings(text) if one.length > len(HEAD)]

    assert [] == found


def test_a_print_is_found_by_the_line_of_its_status(tmp_path: Path) -> None:
    """Its first line need not say what clients say; opened, it is decoded with its request."""
    path = tmp_path / "quay.log"
    path.write_text("boot\n" * 9 + PRINT.replace("Request failed with status code 422", "no boat"))
    found = scan([str(path)], ScanOptions(jobs=1))
    ((only,),) = [group.exemplars for group in found.groups]
    report = open_exemplar(only, open_catalog()).report

    assert report is not None
    assert report.exchange.request is not None
    assert report.exchange.request.body is not None
    assert (10, "POST", "/name", None) == (
        only.place.line,
        report.exchange.request.method,
        report.diagnostics[0].problem.pointer,
        report.exchange.request.body.parent,  # whose lines would not be those of the log
    )


def test_a_print_is_waited_for_until_it_is_closed() -> None:
    """While a log is followed, members may still come."""
    begun, whole = f"boot\n{PRINT.removesuffix('}' + chr(10))}", f"boot\n{PRINT}"

    assert (5, None) == (find_unfinished(begun.encode()), find_unfinished(whole.encode()))


def test_many_lines_of_what_is_no_print_are_read_once() -> None:
    """What is indented below a line is looked through once, however many signals are in it."""
    text = f"{HEAD}{STACK} {{\n" + "  status: 404,\n" * 1500

    assert [404 + 18] == [one.status for one in sightings(text)]
