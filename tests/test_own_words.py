"""The laws of the first line: when the server's own words say more than the catalog's."""

from __future__ import annotations

import pytest

from errdecode.model import Explanation, Problem
from errdecode.render.own_words import find_own_words

OF_HTTP = Explanation("Not Found", "Nothing is there.", source="http-status")
OF_STANDARD = Explanation("Something does not exist", "Nothing is there.", general=True)
OF_CODE = Explanation("The boat does not exist", "Nothing is there.")
BOAT = "There is no boat 12"


@pytest.mark.parametrize("known", [OF_HTTP, OF_STANDARD])
def test_what_an_application_says_is_more_than_a_status(known: Explanation) -> None:
    """Its title, or its detail where the title is only the name of the status."""
    assert BOAT == find_own_words(Problem(title="Not Found", detail=BOAT), known)
    assert "No boat" == find_own_words(Problem(title="No boat", detail=BOAT), known)


def test_the_name_of_a_status_is_less_than_what_a_standard_says_of_it() -> None:
    """And beside HTTP's own words it is as good as they are."""
    assert find_own_words(Problem(title="Not Found"), OF_STANDARD) is None
    assert "Not Found" == find_own_words(Problem(title="Not Found"), OF_HTTP)


def test_a_code_has_the_title_of_the_catalog() -> None:
    """So that one code reads the same, whatever the server says of the case at hand."""
    assert find_own_words(Problem(title="No boat", detail=BOAT), OF_CODE) is None


def test_long_words_stand_below() -> None:
    """The first line has room for a sentence, not for a paragraph."""
    long = "There is no boat. " * 9

    assert find_own_words(Problem(detail=long), OF_STANDARD) is None
    assert find_own_words(Problem(detail=long), None) is None
