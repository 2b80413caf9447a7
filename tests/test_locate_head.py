"""The laws of what stands in the head of a request: its fields and cookies."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from located import cut, find, shown

from errdecode.model import Problem

FEW = settings(max_examples=150, deadline=None)


@pytest.mark.parametrize(
    ("name", "pointer", "found", "value"),
    [
        ("X-Api-Key", "/X-Api-Key", True, "k 1"),
        ("x-api-key", "/X-Api-Key", True, "k 1"),
        ("x_api_key", "/x_api_key", False, "k 1"),
        ("xApiKey", "/xApiKey", False, "k 1"),
    ],
)
def test_fields(name: str, pointer: str, found: bool, value: str) -> None:
    """A field is found whatever its letter case; spelled as in a program it is a repair."""
    (location,) = find(Problem(header=name), "/", Accept="*/*", X_Api_Key="k 1")

    assert ("request.header", pointer, found, value) == shown(location)
    assert ([] if found else ["convention"]) == [one.kind for one in location.repairs]


def test_a_field_that_is_not_there() -> None:
    """An absent field has no place, and close names."""
    (location,) = find(Problem(header="X-Tenat"), "/", X_Tenant="9")

    assert (False, None, ("X-Tenant",)) == (location.found, location.text, location.suggestions)
    assert "there is no field 'X-Tenat'" == location.reason


COOKIES = " lang=da; tier = platinum ;theme=a=b;; =x; flag; lang=en"


@pytest.mark.parametrize(
    ("name", "value"), [("lang", "da"), ("tier", "platinum"), ("theme", "a=b")]
)
def test_cookies(name: str, value: str) -> None:
    """A cookie's value is what stands behind its first sign of equality, without blanks."""
    (location,) = find(Problem(parameter=name, parameter_in="cookie"), "/", Cookie=COOKIES)

    assert ("request.cookie", f"/{name}", True, value) == shown(location)
    assert location.key is not None
    assert name == COOKIES[slice(*location.key)]


def test_a_cookie_that_is_not_there() -> None:
    """An absent cookie has close names, from all fields of that name."""
    for name in ("flag", "LANG", "other"):
        (location,) = find(Problem(parameter=name, parameter_in="cookie"), "/", cookie=COOKIES)

        assert (False, None) == (location.found, location.text)
    (location,) = find(Problem(parameter="teir", parameter_in="cookie"), "/", Cookie=COOKIES)

    assert ("tier",) == location.suggestions


@given(
    st.dictionaries(st.text("abc-_.", min_size=1, max_size=5), st.text("abc=%\"' é", max_size=6)),
    st.text("; ", max_size=3),
)
@FEW
def test_every_cookie_is_found(cookies: dict[str, str], blanks: str) -> None:
    """Whatever cookies there are, each is found with its value."""
    line = f";{blanks}".join(f"{name}={value}" for name, value in cookies.items()) + blanks
    for name, value in cookies.items():
        (location,) = find(Problem(parameter=name, parameter_in="cookie"), "/", Cookie=line)

        assert (True, value.strip(), value.strip()) == (
            location.found,
            location.value,
            cut(location),
        )
