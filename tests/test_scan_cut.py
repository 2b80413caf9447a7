"""Documents are cut out of logs whole, once, at their place, whatever stands around them."""

from __future__ import annotations

import json
import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.scan.cut import Cutout, cut
from errdecode.scan.cut.har import read_entries
from errdecode.scan.cut.json_values import MISSING, Found, balance, load, load_at
from errdecode.scan.cut.views import View, part, undouble, unescape_hex, unescape_json

BODY = '{"error":{"code":"no_berth","message":"No \\"berth\\" is free"}}'


def cut_all(data: bytes) -> list[Cutout]:
    """All documents of a log in which every line bears a signal."""
    starts = [found.start() for found in re.finditer(rb"(?m)^", data) if found.start() < len(data)]
    return list(cut(data, starts))


def documents(data: bytes) -> list[tuple[str, bytes]]:
    """How each document stood, and its text freed from its wrapping; without lines of words."""
    return [(one.how, one.view.text) for one in cut_all(data) if one.kind != "text"]


def docker(log: str) -> str:
    """A line of Docker's json-file driver."""
    record = {"log": log, "stream": "stdout", "time": "2026-03-01T08:15:03Z"}
    return json.dumps(record, separators=(",", ":"))


ONE_LINE = {
    "bare": BODY,
    "syslog": f"Mar  1 08:15:03 quay billing[7]: answered 409: {BODY}",
    "bytes repr": f"ERROR body b'{BODY}' after 3 s",
    "bytes": f"ERROR body {BODY.encode()!r} after 3 s",
    "CSV": '1772352903112,"answered 409: ' + BODY.replace('"', '""') + '",quay-3',
    "CSV with nothing else": '"' + BODY.replace('"', '""') + '"',
    "logfmt": f"level=error body={json.dumps(BODY)} try=2",
    "twice escaped": f"msg={json.dumps(json.dumps(BODY))}",
    "nginx": 'body="' + BODY.replace("\\", "\\x5C").replace('"', "\\x22") + '" 0.1',
    "kubernetes": f"2026-03-01T08:15:03.112345678Z stdout F got {BODY}",
    "docker": docker(f"got {BODY}\n"),
    "journal export": f"MESSAGE=got {BODY}",
}


@pytest.mark.parametrize("line", ONE_LINE.values(), ids=ONE_LINE)
def test_a_body_in_one_line(line: str) -> None:
    """However it is escaped, the body comes out as the server sent it."""
    assert [BODY.encode()] == [text for _, text in documents(line.encode() + b"\n")]


@pytest.mark.parametrize("line", ONE_LINE.values(), ids=ONE_LINE)
def test_its_place_is_where_it_stands(line: str) -> None:
    """Start and end are those of the body as the log has it, escaped or not."""
    data = b"2026-03-01 INFO \xc3\xa9\n" + line.encode() + b"\n"
    (found,) = [one for one in cut_all(data) if one.kind != "text"]
    stands = data[found.start : found.end]

    assert (b"{", b"}", True) == (stands[:1], stands[-1:], b"no_berth" in stands)
    assert b"\n" not in stands


def test_python_literals_are_cut() -> None:
    """A dict as Python shows it is no JSON, and is a document all the same."""
    text = "{'error': {'code': 'no_berth', 'message': \"it's full\", 'free': None}}"
    (found,) = cut_all(f"WARNING refused: {text} (again)\n".encode())

    assert (text.encode(), "json", True) == (found.view.text, found.kind, found.complete)


PRETTY = json.dumps(json.loads(BODY), indent=2)


def prefixed(prefix: str) -> str:
    """A pretty-printed body with a prefix on each line."""
    return "\n".join(prefix + line for line in PRETTY.splitlines())


OVER_LINES = {
    "bare": PRETTY,
    "behind words": f"2026-03-01 ERROR response: {PRETTY}",
    "windows": PRETTY.replace("\n", "\r\n"),
    "prefixed": prefixed("2026-03-01 08:15:03 ERROR client: "),
    "kubernetes": prefixed("2026-03-01T08:15:03.112345678Z stderr F "),
    "docker": "\n".join(docker(line + "\n") for line in PRETTY.splitlines()),
}


@pytest.mark.parametrize("text", OVER_LINES.values(), ids=OVER_LINES)
def test_a_body_over_lines(text: str) -> None:
    """It is one document from its first bracket to its last, whatever stands before each line."""
    data = f"2026-03-01 INFO before\n{text}\n2026-03-01 INFO after\n".encode()
    found = [one for one in cut_all(data) if one.kind == "json"]

    assert [json.loads(BODY)] == [one.value for one in found]
    assert (b"{", b"}") == (data[found[0].start :][:1], data[found[0].end - 1 :][:1])


@pytest.mark.parametrize("signal", range(1, 7))
def test_any_line_leads_to_the_whole(signal: int) -> None:
    """Which line of a document bears the signal makes no difference."""
    data = f"2026-03-01 INFO before\n{PRETTY}\n2026-03-01 INFO after\n".encode()
    start = [found.start() for found in re.finditer(rb"(?m)^", data)][signal]
    found = [one.view.text for one in cut(data, [start]) if one.kind == "json"]

    assert ([PRETTY.encode()] if signal < 6 else []) == found


def test_broken_lines_are_mended() -> None:
    """A line that Kubernetes or Docker broke is read in one piece."""
    cri = "2026-03-01T08:15:03.112345678Z stdout {} {}\n"
    data = cri.format("P", BODY[:20]) + cri.format("P", BODY[20:31]) + cri.format("F", BODY[31:])
    broken = f"{docker(BODY[:20])}\n{docker(BODY[20:] + chr(10))}\n"

    assert [BODY.encode()] == [text for _, text in documents(data.encode())]
    assert [BODY.encode()] == [text for _, text in documents(broken.encode())]


def test_xml_and_forms_are_cut() -> None:
    """An element goes to its end tag, a form over its members."""
    xml = "<Error><Code>NoSuchKey</Code><Error/></Error>"
    pretty = '<?xml version="1.0"?>\n<Error>\n<Code>NoSuchKey</Code>\n</Error>'
    form = "error=invalid_grant&error_description=expired"
    data = f"got {xml}, retry\n2026-03-01 INFO\n{pretty}\nanswered: {form}\n".encode()

    assert [xml.encode(), pretty.encode(), form.encode()] == [t for _, t in documents(data)]


XML = '<?xml version="1.0"?>\n<Error at="quay">\n<Code>NoSuchKey</Code></Error>'


@pytest.mark.parametrize(
    "line",
    [
        f"got {XML.encode()!r}, retry",
        "got " + repr(XML.replace("quay", "the 'quay'").encode()),
        f"got {json.dumps(XML)}",
        json.dumps(XML),
        '17,"got ' + XML.replace('"', '""').replace("\n", " ") + '",quay-3',
    ],
)
def test_xml_is_freed_from_quotes(line: str) -> None:
    """In bytes as Python shows them, in a JSON string, in a field of a CSV file."""
    ((_, text),) = documents(line.encode() + b"\n")

    assert XML.replace("\n", " ") == text.decode().replace("\n", " ").replace("the 'quay'", "quay")


def test_a_transcript_has_its_head() -> None:
    """Status, fields, method and address stand with the body."""
    data = (
        "> POST /v1/berths HTTP/1.1\n> Host: api.example.com\n>\n< HTTP/2 409 \n"
        f"< Content-Type: application/json\n<\n{BODY}\n* Connection #0 left intact\n"
    ).encode()
    (found,) = [one for one in cut_all(data) if one.head]

    assert found.head is not None
    assert (409, "POST", "https://api.example.com/v1/berths") == (
        found.head.status,
        found.head.method,
        found.head.url,
    )


@given(
    before=st.binary(max_size=60),
    after=st.binary(max_size=60),
    shift=st.integers(0, 40),
)
def test_cutting_does_not_know_where_a_window_begins(
    before: bytes, after: bytes, shift: int
) -> None:
    """More lines before and behind change nothing but the offsets."""
    middle = f"\n2026-03-01 ERROR body: {BODY}\n{PRETTY}\n".encode()
    log = b"x" * shift + b"\n" + before + middle + after
    at = log.index(middle) + 1
    lines = [at, at + middle[1:].index(b"\n") + 3]
    whole = [(c.start - at, c.end - at, c.view.text) for c in cut(log, lines)]
    cropped = log[at:]
    alone = [(c.start, c.end, c.view.text) for c in cut(cropped, [line - at for line in lines])]

    assert whole == alone


@given(st.text(max_size=60), st.text(max_size=20))
def test_the_way_back_through_escapes(text: str, around: str) -> None:
    """Every character of an unescaped text leads to the place of its escape."""
    for escaped in (json.dumps(text), json.dumps(text, ensure_ascii=False)):
        raw = (around + escaped).encode("utf-8", "surrogatepass")
        start = len(around.encode("utf-8", "surrogatepass")) + 1
        view = unescape_json(View(raw, 100), start, len(raw) - 1)

        assert view is not None
        assert text.encode("utf-8", "surrogatepass") == view.text
        places = [view.locate(at) for at in range(len(view.text) + 1)]
        assert (100 + start, 100 + len(raw) - 1) == (places[0], places[-1])
        assert sorted(places) == places


@given(st.binary(max_size=60))
def test_the_way_back_through_hex(text: bytes) -> None:
    """What nginx escaped is found again."""
    escaped = "".join(
        f"\\x{byte:02X}" if byte < 65 or byte == 92 else chr(byte) for byte in text if byte < 128
    )
    view = unescape_hex(View(escaped.encode(), 7), 0, len(escaped))
    cut_out = part(view, 0, len(view.text))

    assert bytes(byte for byte in text if byte < 128) == cut_out.text
    assert (7, 7 + len(escaped)) == (cut_out.locate(0), cut_out.locate(len(cut_out.text)))


@given(st.text(alphabet='"a,\u00e9', max_size=30))
def test_the_way_back_through_doubled_quotes(text: str) -> None:
    """What CSV doubled is found again."""
    raw = text.replace('"', '""').encode()
    view = undouble(View(raw, 7), 0, len(raw))
    places = [view.locate(at) for at in range(len(view.text) + 1)]

    assert text.encode() == view.text
    assert (7, 7 + len(raw)) == (places[0], places[-1])
    assert sorted(places) == places


_NAMES = st.text(max_size=9).map(str.strip)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=3),
        max_leaves=8,
    )
)
@settings(max_examples=60)
def test_readers_agree(value: object) -> None:
    """Whether orjson is installed makes no difference: long numbers, surrogates, no numbers."""
    raw = json.dumps(value).encode()
    try:
        json.loads(raw, parse_constant=lambda name: 1 / 0)
    except ZeroDivisionError:
        assert load(raw) is MISSING
        return
    found = load_at(b"  " + raw + b" x", "  " + raw.decode("latin-1") + " x", 2)

    assert isinstance(found, Found)
    assert (load(raw), len(raw) + 2) == (found.value, found.end)
    assert json.dumps(value) == json.dumps(load(raw)) or "e+" in json.dumps(value)


def test_readers_do_not_lose_digits() -> None:
    """Numbers that orjson would make floats stay as they are."""
    assert {"id": 2**70} == load(json.dumps({"id": 2**70}).encode())


HOSTILE = {
    "braces": b"{" * 3000,
    "brackets": b'[{"' * 3000,
    "quotes": b'{"' + b'"' * 3000,
    "backslashes": b'{\\"' + b"\\" * 3000 + b'"',
    "apostrophes": b"{'a': " + b"\\'" * 3000,
    "tags": b"<a" * 3000,
    "open tags": b"<a>" * 3000,
    "members": b'{"a":' * 3000,
    "forms": b"a=b&" * 3000,
    "lines of braces": b"{\n" * 3000,
    "lines of members": b'  "a": {\n' * 3000,
    "lines of tags": b"<a>\n" * 3000,
    "docker": b'{"log":"{\\"a\\":' * 1000,
    "nuls": b"\0" * 3000 + b'{"error":1}',
}


def steps(data: bytes) -> int:
    """How many lines of our own code run while a log is cut."""
    count = 0

    def trace(frame: object, event: str, arg: object) -> object:
        nonlocal count
        count += 1
        return trace

    sys.settrace(trace)  # type: ignore[arg-type]
    try:
        cut_all(data)
    finally:
        sys.settrace(None)
    return count


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_lines_cost_no_more_than_their_length(text: bytes) -> None:
    """Twice the text takes no more than about twice the steps."""
    half = text[: len(text) // 2]

    assert steps(text) <= 3 * steps(half) + 20_000


_MARKS = st.sampled_from((b'{"error":', b"\n", b"<a>", b"\\"))


@given(st.binary(max_size=300), st.lists(_MARKS, max_size=8))
@settings(max_examples=60)
def test_nothing_crashes(noise: bytes, marks: list[bytes]) -> None:
    """Whatever a log holds, cutting ends, and what is cut lies in it."""
    data = b"".join(mark + noise[at * 9 : at * 9 + 30] for at, mark in enumerate(marks)) + noise

    assert all(0 <= one.start <= one.end <= len(data) for one in cut_all(data))


@given(st.binary(max_size=80))
def test_brackets_are_balanced_once(noise: bytes) -> None:
    """Where brackets are closed again lies behind them, or nowhere."""
    end = balance(b"{" + noise, 0)

    assert end is None or 1 < end <= len(noise) + 1


@given(size=st.integers(1, 40))
@settings(max_examples=20)
def test_har_entries_come_one_by_one(size: int) -> None:
    """However the stream is broken into chunks, each entry comes out whole, with its place."""
    entries = [{"request": {"url": 'x"}{'}, "n": n} for n in range(3)]
    data = json.dumps({"log": {"pages": [], "entries": entries}}, indent=1).encode()
    found = list(read_entries(data[at : at + size] for at in range(0, len(data), size)))

    assert entries == [json.loads(one.raw or b"") for one in found]
    assert [b"{"] * 3 == [data[one.offset : one.offset + 1] for one in found]
    assert [data.count(b"\n", 0, one.offset) for one in found] == [one.newlines for one in found]


def test_any_line_of_an_answered_text_leads_to_it() -> None:
    """A text behind a head is found by a signal in whichever of its first lines."""
    text = b"---\nerror_code: 1020\nray_id: 9d99a39dc992d168\ncloudflare_error: true\n---"
    head = b"$ curl -i https://example.com/a\nHTTP/2 403\ncontent-type: text/markdown\n\n"
    data = head + text + b"\n\nAsk the owner.\n2026-03-01 08:00:00 INFO quay opened\n"
    starts = [len(head), data.index(b"error_code"), data.index(b"cloudflare")]
    found = [[(one.start, one.how) for one in cut(data, [start])] for start in starts]

    assert [[(len(head), "transcript")]] * 3 == found
