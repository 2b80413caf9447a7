"""What the values of a member say: the form of codes and identifiers, the dialect of pointers."""

from __future__ import annotations

import pytest

from errdecode.authoring.guesses import guess_dialect, guess_identifier, guess_pattern
from errdecode.model import JSON


@pytest.mark.parametrize(
    ("values", "pattern"),
    [
        (["SOLD_OUT", "BUSY"], "^[A-Z_]+$"),
        (["E1042", "E7"], r"^E\d+$"),
        (["ERR-1", "ERR-22"], r"^ERR-\d+$"),
        (["not_found", "busy"], "^[a-z_]+$"),
        (["NotFound", "Busy"], "^[A-Z][a-z][A-Za-z]*$"),
        (["404", "12"], r"^\d+$"),
        (["a.b", "c_d"], "^[a-z0-9_.-]+$"),
        (["two words"], None),
        ([], None),
    ],
)
def test_patterns_of_codes(values: list[str], pattern: str | None) -> None:
    """Codes follow the most particular pattern that fits all of them."""

    assert pattern == guess_pattern(values)


@pytest.mark.parametrize(
    ("values", "pattern"),
    [
        (["T-1", "T-5501"], r"^T-\d+$"),
        (["req_8fa1kd93", "req_11aakd93"], r"^req_\w+$"),
        (["a", "b"], None),
        (["123e4567-e89b-12d3-a456-426614174000"], "^[0-9a-f]{8}-"),
    ],
)
def test_patterns_of_identifiers(values: list[str], pattern: str | None) -> None:
    """Identifiers show a prefix or are UUIDs; others promise nothing."""
    found = guess_identifier(values)

    assert (found or "").startswith(pattern or "")
    assert (pattern is None) == (found is None)


@pytest.mark.parametrize(
    ("value", "dialect"),
    [
        ("/a/0", "json-pointer"),
        ("#/a", "json-pointer"),
        ("$.a[0]", "jsonpath"),
        ("a[0].b", "dotted"),
        ("items[0][price]", "brackets"),
        ("Filters.member.1", "query-list"),
        ("name", "dotted"),
        (["a", 0], "segments"),
    ],
)
def test_dialects_of_pointers(value: JSON, dialect: str) -> None:
    """A pointer's dialect is told by how it is written."""

    assert dialect == guess_dialect([value]).name


def test_a_bare_name_is_doubted() -> None:
    """A name alone fits several dialects, and is no proof of any."""

    assert (False, True) == (guess_dialect(["name"]).told, guess_dialect(["a.name"]).told)
