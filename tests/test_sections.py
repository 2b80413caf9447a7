"""What the server said is told where the reader needs it, and once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from errdecode.model import JSON
from errdecode.render.sections import MOST_LEAVES, leaves

if TYPE_CHECKING:
    from conftest import Run

FAULTS = [
    ("/harbour", "must be known"),
    ("/ships/0", "is no ship"),
    ("/ships/1", "is a boat"),
    ("/tide", "must not contain '/'"),
    ("/wind", "must blow"),
]


def problems(count: int, **members: JSON) -> str:
    """A request with its answer: problem details with so many faults, each in another member."""
    sent = {"harbour": "x", "ships": [1, 2], "tide": "a/b", "wind": 0}
    errors = [{"detail": said, "pointer": f"#{place}"} for place, said in FAULTS[:count]]
    answer = {"type": "about:blank", "title": "Invalid", "status": 422, "errors": errors, **members}
    return (
        f"$ curl -i https://api.example.com/tides -d '{json.dumps(sent)}'\n"
        "HTTP/1.1 422 Unprocessable Content\nContent-Type: application/problem+json\n\n"
        f"{json.dumps(answer)}\n"
    )


@pytest.fixture
def shown(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """What the terminal shows of a text; no part of the folder's own name is among it."""
    monkeypatch.chdir(tmp_path)

    def decode(text: str) -> str:
        Path("paste.txt").write_text(text, encoding="utf-8")
        return run("paste.txt").out

    return decode


@pytest.mark.parametrize("count", [4, 5])
def test_a_problem_in_brief_has_its_message(shown: Callable[[str], str], count: int) -> None:
    """A problem without a frame is told with its place and the server's sentence about it."""
    out = shown(problems(count))
    lines = [line.strip() for line in out.splitlines()]

    assert "said    must not contain '/'" in lines
    assert ("said    must blow" in lines) == (count == 5)


def test_a_problem_in_brief_has_the_message_of_its_own(shown: Callable[[str], str]) -> None:
    """Of what is said of a problem the detail is told, not a title that others have as well."""
    faults = [{"type": "field", "msg": m, "path": p, "location": "query"} for p, m in FAULTS]
    item = {"type": "alternative", "msg": "Say which", "nestedErrors": faults}
    lines = [line.strip() for line in shown(json.dumps({"errors": [item]})).splitlines()]

    assert "said    Say which" in lines
    assert "said    must blow" in lines


@pytest.mark.parametrize(
    ("count", "said"), [(4, "of the last problem, too"), (5, "of the last 2, too")]
)
def test_the_rest_is_counted(shown: Callable[[str], str], count: int, said: str) -> None:
    """What is told in brief is counted in words that fit its number."""
    out = shown(problems(count))

    assert f"-v tells all that is known {said}\n" in out


def test_a_type_that_says_nothing_is_not_shown(shown: Callable[[str], str]) -> None:
    """`about:blank` says no more than the status does."""
    out = shown(problems(4))

    assert "about:blank" not in out


@pytest.mark.parametrize(
    ("type", "member", "line"),
    [
        ("less_than_equal", {"le": 100}, "ctx.le: 100"),
        ("string_too_short", {"min_length": 3, "more": None}, "ctx.min_length: 3"),
    ],
)
def test_shows_the_members_that_a_remedy_speaks_of(
    shown: Callable[[str], str], type: str, member: JSON, line: str
) -> None:
    """Nested members are left out, unless the answer tells the reader to look at them."""
    fault = {
        "loc": ["body", "sail"],
        "msg": "no",
        "type": type,
        "ctx": member,
        "aside": {"le": 47},
    }
    out = shown(json.dumps({"detail": [fault]}))

    assert [line] == [each.strip() for each in out.splitlines() if "ctx." in each[:18]]
    assert "47" not in out


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"a": 1, "b": {"c": "x", "d": None}}, [("m.a", 1), ("m.b.c", "x")]),
        ([{"@xmlns": "urn:x", "a": [{"#text": "x"}]}], [("m.a", "x")]),
        ([1, [2, ""], False], [("m[0]", 1), ("m[1][0]", 2), ("m[2]", False)]),
        (list(range(90)), [(f"m[{at}]", at) for at in range(MOST_LEAVES)]),
        ([], []),
    ],
)
def test_leaves_are_the_first_scalars(value: JSON, expected: list[tuple[str, JSON]]) -> None:
    """Each scalar has its path; what only XML needs is no part of one."""

    assert list(leaves("m", value)) == expected


def test_leaves_of_the_deep_are_left_out() -> None:
    """A path is never longer than what may stand in a line."""
    value: JSON = 1
    for _ in range(100_000):
        value = {"m": value}

    assert list(leaves("m", value)) == []


def test_a_request_without_an_answer(shown: Callable[[str], str]) -> None:
    """A command alone is no answer, and a HAR entry without one needs no more of the paste."""
    entry: dict[str, JSON] = {"request": {"method": "GET", "url": "https://api.example.com/"}}
    entry["response"] = {"status": 0, "_error": "net::ERR_FAILED"}
    har = json.dumps({"log": {"entries": [entry]}})
    alone = shown("$ curl https://api.example.com/tides\n")
    recorded = shown(har)

    assert alone.startswith("no response: none in the input\n")
    assert "paste its output as well" in alone
    assert recorded.startswith("no response: the browser recorded none\n")
    assert "paste" not in recorded.replace("paste.txt", "")


@pytest.mark.parametrize(
    ("type", "head"),
    [
        ("https://tools.ietf.org/html/rfc9110#section-15.5.16", "error: Too dry"),
        ("https://www.rfc-editor.org/rfc/rfc7231.html#section-6.5.1", "error: Too dry"),
        ("https://example.com/too-dry", "error[https://example.com/too-dry]: Too dry"),
        ("https://example.com/rfc9110", "error[https://example.com/rfc9110]: Too dry"),
    ],
)
def test_a_link_to_a_status_is_no_code(shown: Callable[[str], str], type: str, head: str) -> None:
    """A type that leads to what HTTP says of the status tells nothing beside the status."""
    body = {"type": type, "title": "Too dry", "status": 415}
    head_of = "HTTP/1.1 415 X\nContent-Type: application/problem+json\n\n"

    assert head == shown(head_of + json.dumps(body)).splitlines()[0]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "http://docs.example.com/e", "/docs/e", "data:text/html,x"]
)
def test_only_a_safe_address_is_called_a_link(shown: Callable[[str], str], address: str) -> None:
    """What a server gives as one, and is none over HTTPS, is only what it said."""
    refused = {"error": "invalid_grant", "error_description": "It is over"}
    safe = "https://docs.example.com/e"

    assert f"help: {address}\n" in shown(json.dumps({**refused, "error_uri": address}))
    assert "  link " not in shown(json.dumps({**refused, "error_uri": address}))
    assert f"  link    {safe}\n" in shown(json.dumps({**refused, "error_uri": safe}))
