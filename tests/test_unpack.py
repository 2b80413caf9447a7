"""The laws of unpacking: compressed inputs, gRPC's fields, documents inside a body, redirects."""

from __future__ import annotations

import base64
import gzip
import json
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.body import read_body
from errdecode.model import Exchange, Field, Report, Response, Text
from errdecode.pipeline import decode
from errdecode.source import to_root
from errdecode.unpack import decompress, look_inside, unpack

FEW = settings(max_examples=100, deadline=None)
REFUSED = json.dumps(
    {
        "message": "The submitted data was invalid",
        "errors": [{"title": "Invalid type", "details": "no", "source": {"pointer": "/a/b"}}],
    }
)
PACKED = gzip.compress(REFUSED.encode(), mtime=0)


def answer(text: str, status: int | None = None, **fields: str) -> Exchange:
    """An exchange with a response."""
    headers = tuple(Field(name.replace("_", "-"), Text(value)) for name, value in fields.items())
    body = Text(text)
    return Exchange("http", body, response=Response(status, None, headers, body))


# ---------------------------------------------------------------- compressed inputs


@pytest.mark.parametrize("blank", [b"\n\n", b"\r\n\r\n"])
def test_the_content_of_a_message_is_decompressed(blank: bytes) -> None:
    """The head stays as it is, whatever its line ends, and what was done is told."""
    head = blank[: len(blank) // 2].join((b"HTTP/1.1 400 Bad Request", b"Content-Encoding: gzip"))
    data, notes = decompress(head + blank + PACKED)

    assert head + blank + REFUSED.encode() == data
    assert ["the content of the response was decompressed (gzip)"] == [one.message for one in notes]


def test_a_blank_line_inside_compressed_content_ends_no_head() -> None:
    """The first blank line counts, even where the content holds one of the other kind."""
    content = gzip.compress(b"abc\r\n\r\ndef", 0, mtime=0)
    data, _ = decompress(b"HTTP/1.1 400\nA: b\n\n" + content)

    assert b"\r\n\r\n" in content
    assert b"HTTP/1.1 400\nA: b\n\nabc\r\n\r\ndef" == data


@given(st.binary(max_size=60))
@FEW
def test_other_bytes_stay_as_they_are(data: bytes) -> None:
    """What is not compressed is handed back, without a note."""
    for given_ in (data, b"HTTP/1.1 200 OK\r\n\r\n" + data):
        if b"\x1f\x8b" not in given_:
            assert (given_, ()) == decompress(given_)


@given(st.binary(min_size=1, max_size=300), st.integers(0, 400), st.booleans())
@FEW
def test_damaged_data_never_raises(data: bytes, stop: int, as_message: bool) -> None:
    """Cut anywhere, compressed data gives what could be read, the rest is noted."""
    head = b"HTTP/1.1 400\r\n\r\n" if as_message else b""
    packed = gzip.compress(data, mtime=0)
    out, notes = decompress(head + packed[:stop])

    assert out.startswith(head)
    assert data.startswith(out[len(head) :]) or packed.startswith(out[len(head) :])
    assert stop < len(packed) or {"nested"} == {note.kind for note in notes}


def test_a_compressed_file_is_decoded(run: Run, tmp_path: Path) -> None:
    """A response saved as it came over the wire is decoded like any other."""
    file = tmp_path / "answer.json.gz"
    file.write_bytes(PACKED)
    code, out, err = run(str(file))

    assert (0, "") == (code, err)
    assert "Talon.One" in out
    assert "note    the input was decompressed (gzip)" in out


def test_a_compressed_payload_is_located_in(run: Run, tmp_path: Path) -> None:
    """So is a payload that was saved compressed: its frame shows it as it is inside."""
    sent, got = tmp_path / "sent.json.gz", tmp_path / "got.json"
    sent.write_bytes(gzip.compress(b'{"a": {"b": 5}}', mtime=0))
    got.write_text(REFUSED, encoding="utf-8")
    code, out, err = run("--request", str(sent), str(got))

    assert (0, "") == (code, err)
    assert '1 │ {"a": {"b": 5}}' in out


# ---------------------------------------------------------------- gRPC


@pytest.mark.parametrize(
    ("fields", "code", "message"),
    [
        ({"grpc_status": "5", "grpc_message": "no%20such%20boat"}, 5, "no such boat"),
        ({"grpc_status": " 14 "}, 14, ""),
        ({"Grpc_Status": "999999999999999999"}, 999999999, ""),
    ],
)
def test_the_status_in_fields(fields: dict[str, str], code: int, message: str) -> None:
    """A response without a body is what its fields say, and leads back to them."""
    exchange = answer("", 200, **fields)
    body = unpack(exchange, read_body(Text("")))

    assert {"code": code, "message": message, "details": []} == body.value
    assert exchange.response
    assert exchange.response.headers[0].value == to_root(body.text, 0, 1)[0]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"grpc_status": "0"},
        {"grpc_status": "0", "grpc_status_details_bin": "CAM"},
        {"grpc_status": "five"},
        {"grpc_status": "-1"},
        {"grpc_status": ""},
        {"grpc_message": "no"},
        {"grpc_status_details_bin": "!"},
    ],
)
def test_fields_that_tell_no_error(fields: dict[str, str]) -> None:
    """OK is no error, and neither is what is no status."""
    body = read_body(Text(""))

    assert body == unpack(answer("", 200, **fields), body)


def test_details_count_more_than_the_message() -> None:
    """The binary details say all that the other two fields do, and more."""
    details = base64.b64encode(b"\x08\x03\x12\x02no").decode()
    fields = {"grpc_status": "3", "grpc_message": "other", "grpc_status_details_bin": details}
    body = unpack(answer("", 200, **fields), read_body(Text("")))

    assert {"code": 3, "message": "no", "details": []} == body.value
    assert ("read out of the fields grpc-status-details-bin",) == tuple(
        note.message for note in body.notes
    )


@given(st.text(max_size=30), st.text(max_size=40), st.text(max_size=40))
@FEW
def test_any_fields_are_endured(status: str, message: str, details: str) -> None:
    """Whatever the fields hold, there is a body."""
    exchange = answer(
        "", None, grpc_status=status, grpc_message=message, grpc_status_details_bin=details
    )

    assert unpack(exchange, read_body(Text(""))).kind in ("empty", "json")


# ---------------------------------------------------------------- documents inside


def inside(content: str, status: int) -> list[tuple[str, ...]]:
    """Look inside a body: the notes of each document found."""
    exchange = answer(content, status)
    found = look_inside(exchange, read_body(Text(content)))
    return [tuple(note.message for note in body.notes) for _, body, _ in found]


def test_members_of_a_success_are_data() -> None:
    """In a success only an encoding as a whole is looked into; its members are data."""
    held, whole = json.dumps({"message": REFUSED}), json.dumps(REFUSED)

    assert [("read out of /message (JSON string)",)] == inside(held, 400)
    assert [] == inside(held, 200)
    assert [("read out of the body (JSON string)",)] == inside(whole, 200)


def test_failed_items_of_a_success_hold_their_answers() -> None:
    """What an item that failed holds is an answer of its own; what others hold is data."""
    passed, failed = {"code": 200, "body": REFUSED}, {"code": 400, "body": REFUSED}

    assert [("read out of /1/body (JSON string)",)] == inside(json.dumps([passed, failed]), 200)
    assert [] == inside(json.dumps([passed, passed]), 200)


UNKNOWN = {"code": "E_BERTH", "message": "There is no such berth"}


@pytest.mark.parametrize(
    ("content", "outcome", "steps"),
    [
        (json.dumps(json.dumps(UNKNOWN)), "unknown", "the body (JSON string)"),
        (
            json.dumps({"error": {"message": json.dumps(UNKNOWN), "type": "x"}}),
            "error",
            "/error/message (JSON string)",
        ),
        (
            json.dumps(json.dumps({"error": {"message": json.dumps(UNKNOWN)}})),
            "error",
            "the body (JSON string), in it /error/message (JSON string)",
        ),
        (
            base64.b64encode(json.dumps({"errorMessage": json.dumps(UNKNOWN)}).encode()).decode(),
            "error",
            "the body (base64), in it /errorMessage (JSON string)",
        ),
    ],
)
def test_a_document_that_is_the_message_is_read(content: str, outcome: str, steps: str) -> None:
    """Where no format is documented, what a body holds as all it says is read as if it stood
    alone."""
    (report,) = decode(content)
    (one,) = report.diagnostics

    assert ("E_BERTH", "There is no such berth") == (one.problem.code, one.problem.detail)
    assert outcome == report.outcome
    assert f"read out of {steps}" in [note.message for note in report.notes]


@pytest.mark.parametrize(
    ("held", "code"),
    [
        ('["a name is required"]', "E_QUAY"),
        ('{"message": "a name is required"}', "E_QUAY"),
        ('{"code": "E_BERTH", "message": "a name is required"}', "E_BERTH"),
    ],
)
def test_what_a_document_lacks_is_said_around_it(held: str, code: str) -> None:
    """The code and the request id of the outer body stay, where the document has none itself."""
    content = {"message": held, "code": "E_QUAY", "request_id": "r-1"}
    (report,) = decode(json.dumps(content))
    (one,) = report.diagnostics

    assert (code, "a name is required") == (one.problem.code, one.problem.detail)
    assert "r-1" == report.request_id


@pytest.mark.parametrize(
    "content",
    [
        {"message": f"Refused: {json.dumps(UNKNOWN)}"},
        {"message": json.dumps({"a": 1})},
        {"message": "There is no such quay", "sent": json.dumps(UNKNOWN)},
    ],
)
def test_a_document_beside_the_message_stays_there(content: dict[str, str]) -> None:
    """What stands within words, says nothing, or is not the message, is not read for it."""
    (report,) = decode(json.dumps(content))

    assert content["message"] == report.diagnostics[0].problem.detail


def test_an_empty_body_holds_nothing() -> None:
    """There is nothing inside nothing."""
    assert [] == inside("", 500)


def test_the_innermost_error_is_explained() -> None:
    """A gateway that wraps the answer of a server is unwrapped, and each step is told."""
    wrapped = json.dumps({"fault": json.dumps({"cause": f"400: {REFUSED} (try 2)"})})
    (report,) = decode(wrapped)

    assert report.format is not None
    assert "talonone" == report.format.id
    assert "/a/b" == report.diagnostics[0].problem.pointer
    assert "read out of /fault (JSON string), in it /cause (JSON string, JSON within text)" in [
        note.message for note in report.notes
    ]


# ---------------------------------------------------------------- redirects


def redirect(location: str, status: int = 302) -> Report:
    """The report on a redirect with a page beside it."""
    (report,) = decode(
        f"HTTP/1.1 {status} Found\r\nLocation: {location}\r\nContent-Type: text/html\r\n\r\n"
        '<a href="/">Found</a>'
    )
    return report


@pytest.mark.parametrize(
    ("location", "part"),
    [
        ("https://example.com/cb?error=access_denied&error_description=No%2C+thanks.", "query"),
        ("/cb?state=7&error=access_denied&error_description=No,%20thanks.#_", "query"),
        ("app:/cb#error=access_denied&error_description=No,+thanks.&state=7", "fragment"),
        ("/cb?error=none#state=7&error=access_denied&error_description=No,+thanks.", "fragment"),
    ],
)
def test_an_error_in_a_redirect(location: str, part: str) -> None:
    """OAuth tells the client of errors in the address to which it sends the browser."""
    report = redirect(location)
    told = [(d.problem.code, d.problem.detail) for d in report.diagnostics]

    assert ("error", [("access_denied", "No, thanks.")]) == (report.outcome, told)
    assert [f"read out of the {part} of the field Location"] == [n.message for n in report.notes]


@pytest.mark.parametrize(
    ("location", "status", "outcome"),
    [
        ("/login?error", 302, "redirect"),
        ("/login?error=1", 302, "redirect"),
        ("/login?error=bad+password", 303, "redirect"),
        ("/search?q=error=access_denied", 302, "redirect"),
        ("/cb?error=access_denied&state=7", 201, "success"),
        ("#", 302, "redirect"),
    ],
)
def test_a_redirect_to_a_page_of_errors(location: str, status: int, outcome: str) -> None:
    """What no documented format knows is the address of a page and nothing else."""
    report = redirect(location, status)

    assert (outcome, ()) == (report.outcome, report.diagnostics)
