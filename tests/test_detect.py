"""The laws of detection: evidence, ties, dialects, look-alikes, forced formats."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from responses import seen_of

from errdecode.body import read_body
from errdecode.catalog import Catalog, open_catalog
from errdecode.clue import Seen
from errdecode.detect import CERTAIN, CLAIM, detect, force, says_success
from errdecode.errors import UsageError
from errdecode.model import JSON, Detection, Text

HEAD = """
id = "{id}"
name = "{id}"
kind = "vendor"
documentation = "https://docs.example.com/errors"
reviewed = 2026-11-22
{more}
"""
PLAIN = """
[detect]
required = [ { at = "/blunder", has = ["tag", "words"] } ]
[extract]
each = "/blunder"
code = "/tag"
detail = "/words"
"""
BODY: JSON = {"blunder": {"tag": "T1", "words": "it went wrong"}}
EXAMPLE = """
[[examples]]
name = "one"
body = '{body}'
problems = [ {{ }} ]
"""


def write(folder: Path, id: str, clues: str = PLAIN, body: JSON = BODY, more: str = "") -> None:
    """Write one catalog file."""
    example = EXAMPLE.format(body=json.dumps(body))
    text = HEAD.format(id=id, more=more) + clues + example
    (folder / f"{id}.toml").write_text(text, encoding="utf-8")


def ids(detection: Detection) -> list[str]:
    """The formats that are claimed, best first."""
    return [candidate.id for candidate in detection.candidates if candidate.confidence]


def test_a_tie_is_told_as_a_tie(tmp_path: Path) -> None:
    """Two formats with the same evidence: the best is only possible, and the other stands by it."""
    for id in ("twin-b", "twin-a"):
        write(tmp_path, id)
    detection = detect(open_catalog(tmp_path), seen_of(BODY))

    assert ["twin-a", "twin-b"] == ids(detection)
    assert {"possible"} == {candidate.confidence for candidate in detection.candidates}
    assert 1 == len({candidate.score for candidate in detection.candidates})


def test_a_tie_is_broken_by_the_host(tmp_path: Path) -> None:
    """Where the shape ties, the host decides; without a request it stays neutral."""
    host = '\nsupporting = [ { host = "*.twin-b.example.com" } ]\n[extract]'
    write(tmp_path, "twin-a")
    write(tmp_path, "twin-b", PLAIN.replace("\n[extract]", host))
    catalog = open_catalog(tmp_path)
    known = detect(catalog, seen_of(BODY, host="api.twin-b.example.com"))
    unknown = detect(catalog, seen_of(BODY))

    assert known.best is not None
    assert ("twin-b", "certain") == (known.best.id, known.best.confidence)
    assert ["twin-a", "twin-b"] == ids(unknown)
    assert None in [piece.matched for piece in unknown.candidates[1].evidence]


def test_the_order_of_files_does_not_count(tmp_path: Path) -> None:
    """The same formats under other file orders give the same ranking."""
    rankings = []
    for order in (("aa", "bb", "cc"), ("cc", "aa", "bb")):
        folder = tmp_path / "-".join(order)
        folder.mkdir()
        for id in order:
            write(folder, id)
        rankings.append(ids(detect(open_catalog(folder), seen_of(BODY))))

    assert [["aa", "bb", "cc"]] * 2 == rankings


DIALECT = """
[detect]
supporting = [ { at = "/blunder/shade", is = "string" } ]
"""
SHADED: JSON = {"blunder": {"tag": "T1", "words": "it went wrong", "shade": "dark"}}


@pytest.mark.parametrize(("body", "expected"), [(BODY, ["parent"]), (SHADED, ["dialect"])])
def test_a_dialect_yields_unless_it_shows_itself(
    tmp_path: Path, body: JSON, expected: list[str]
) -> None:
    """A dialect stands back for the format it extends until one of its own clues holds."""
    write(tmp_path, "parent")
    write(tmp_path, "dialect", DIALECT, SHADED, 'extends = "parent"')

    assert expected == ids(detect(open_catalog(tmp_path), seen_of(body)))


YIELDING = """
[extract]
code = "/blunder/tag"
[[shapes]]
name = "goes along with any body"
yields = true
required = [ { header = "X-Slip", seen = true } ]
"""
ODD: JSON = {"odd": 7}


def test_a_shape_that_goes_along_yields(tmp_path: Path) -> None:
    """It stands back for what can be claimed for the body, and is claimed where nothing is."""
    write(tmp_path, "any", YIELDING)
    write(tmp_path, "plain")
    catalog = open_catalog(tmp_path)
    known, unknown = (
        detect(catalog, seen_of(body, headers={"x-slip": "1"})) for body in (BODY, ODD)
    )

    assert ["plain"] == ids(known)
    assert known.best is not None
    assert "certain" == known.best.confidence
    assert ["any"] == ids(unknown)


def test_an_excluding_clue_rules_out(tmp_path: Path) -> None:
    """One excluding clue that holds is enough, even for a forced format's shape."""
    clues = PLAIN.replace("\n[extract]", '\nexcluding = [ { at = "/other" } ]\n[extract]')
    write(tmp_path, "strict", clues)
    catalog = open_catalog(tmp_path)
    seen = seen_of({"blunder": {"tag": "T1", "words": "no"}, "other": 1})
    forced = force(catalog, seen, "strict").best

    assert "strict" not in ids(detect(catalog, seen))
    assert forced is not None
    assert ("strict", "", None) == (forced.id, forced.shape, forced.confidence)


def test_a_forced_format_stands_whatever_the_evidence(catalog: Catalog) -> None:
    """The format the user names is taken, with the shape that fits best."""
    body: JSON = {"status": "error", "errors": {"code": "not_found"}}
    fits, misfit = (force(catalog, seen_of(value), "sessionm") for value in (body, {"a": 1}))

    assert fits.best is not None
    assert misfit.best is not None
    assert ("sessionm", True) == (fits.best.id, bool(fits.best.shape))
    assert ("sessionm", "", True) == (misfit.best.id, misfit.best.shape, misfit.forced)


def test_an_unknown_format_is_a_usage_error(catalog: Catalog) -> None:
    """A misspelt id brings near ones."""
    with pytest.raises(UsageError) as caught:
        catalog.format("sesionm")

    assert "sessionm" in (caught.value.hint or "")


SEEDS: list[tuple[str, JSON]] = [
    ("sessionm", {"status": "error", "errors": {"code": "requires_registered_user"}}),
    ("talonone", {"message": "HMAC signature mismatch."}),
    (
        "talonone",
        {
            "message": "The submitted data was invalid",
            "errors": [
                {"title": "enum", "details": "one of a, b", "source": {"pointer": "/state"}}
            ],
        },
    ),
    (
        "journeyapps",
        {"type": "OBJECT_NOT_FOUND", "title": "Object not found.", "detail": "No task found"},
    ),
    (
        "journeyapps",
        {
            "operations": [
                {
                    "method": "put",
                    "object": {"type": "asset", "id": "1"},
                    "success": False,
                    "error": {"type": "INVALID_VALUE", "title": "Invalid value specified."},
                }
            ]
        },
    ),
    ("telecomx", {"error": {"message": "User not found", "code": "userId", "status": 404}}),
    (
        "telecomx",
        {
            "error": {
                "code": "multiple",
                "status": 422,
                "inner": [{"message": "Invalid street", "code": "address.street", "status": 422}],
            }
        },
    ),
    ("soundbite", [{"code": "ARG_NULL", "message": "must be non-null", "argumentIndex": 1}]),
]


@pytest.mark.parametrize(("id", "body"), SEEDS)
def test_documented_shapes_are_recognised(catalog: Catalog, id: str, body: JSON) -> None:
    """A bare body in a documented shape is its format's."""
    best = detect(catalog, seen_of(body)).best

    assert best is not None
    assert id == best.id


LOOK_ALIKES: list[tuple[str, JSON]] = [
    (
        "RFC 7807 is not journeyapps",
        {"type": "https://example.com/probs/credit", "title": "No credit", "status": 403},
    ),
    (
        "JSON:API is not talonone",
        {
            "errors": [
                {"status": "422", "title": "Invalid", "detail": "x", "source": {"pointer": "/a"}}
            ]
        },
    ),
    (
        "Laravel is nobody's",
        {"message": "The given data was invalid.", "errors": {"email": ["is required"]}},
    ),
    (
        "GraphQL is not talonone",
        {"errors": [{"message": "Cannot query", "locations": [{"line": 1, "column": 2}]}]},
    ),
    (
        "Google is not telecomx",
        {"error": {"code": 404, "message": "Not found", "status": "NOT_FOUND"}},
    ),
    ("OAuth is not telecomx", {"error": "invalid_token"}),
    ("JSend is not sessionm", {"status": "error", "message": "Unable to communicate"}),
]
FIVE = {"sessionm", "talonone", "journeyapps", "telecomx", "soundbite"}


@pytest.mark.parametrize(("name", "body"), LOOK_ALIKES, ids=[name for name, _ in LOOK_ALIKES])
def test_look_alikes_are_not_recognised(catalog: Catalog, name: str, body: JSON) -> None:
    """What only looks like one of the first five formats is none of them."""
    best = detect(catalog, seen_of(body)).best

    assert best is None or best.id not in FIVE, name


@pytest.mark.parametrize("body", [{}, [], 7, "text", None, {"id": 1, "name": "x"}, [{"a": 1}]])
def test_ordinary_documents_are_nobodys(catalog: Catalog, body: JSON) -> None:
    """Ordinary JSON is claimed by no format."""
    assert detect(catalog, seen_of(body)).best is None


def test_no_page_is_recognised_by_its_status(catalog: Catalog) -> None:
    """HTTP's statuses are knowledge, not a format: a bare 404 page is nobody's."""
    page = Seen(read_body(Text("<html><title>404 Not Found</title></html>")), 404, "text/html", {})

    assert detect(catalog, page).best is None


def test_confidence_keeps_its_floors(catalog: Catalog) -> None:
    """A format is claimed, and called certain, only with the bits that this takes."""
    for _, body in SEEDS + LOOK_ALIKES:
        for candidate in detect(catalog, seen_of(body)).candidates:
            if candidate.confidence == "certain":
                assert candidate.score >= CERTAIN
            assert (candidate.confidence is None) or candidate.score >= CLAIM


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"status": "ok"}, "sessionm"),
        ({"status": "OK", "payload": {}}, "sessionm"),
        ({"status": "error", "errors": {"code": "not_found"}}, None),
        ({"name": "x"}, None),
    ],
)
def test_success_said_in_a_body(catalog: Catalog, body: JSON, expected: str | None) -> None:
    """A documented format may say in its body that there is no error."""
    assert expected == says_success(catalog, seen_of(body))
