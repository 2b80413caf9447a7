"""The laws of calibration: mutations damage, the table counts, and certain claims are right."""

from __future__ import annotations

import json

from errdecode.authoring.calibration import Claim, find_wrong, mutate, show_calibration


def claim(confidence: str | None, right: bool) -> Claim:
    """A claim about an invented example."""
    return Claim("acme", "an order", "dropped code", confidence, confidence and "acme", right)


def test_every_mutation_is_another_body() -> None:
    """No mutation leaves the body as it was, and each says what was done."""
    body = '{"error": {"code": "E1", "message": "no", "field": "x"}, "id": 7}'
    changed = dict(mutate(body))

    assert body not in changed.values()
    assert {"truncated", "re-nested", "swapped", "dropped id", "renamed error"} <= set(changed)
    assert {"error": {"message": "no", "field": "x"}, "id": 7} == json.loads(
        changed["dropped code in error"]
    )


def test_what_is_no_json_is_only_truncated() -> None:
    """A page or an XML document is cut off, and nothing else."""
    assert [("truncated", "<a>no<")] == list(mutate("<a>no</a>"))


def test_the_table_counts() -> None:
    """Each confidence with its claims and the wrong ones among them."""
    claims = [claim("certain", True)] * 3 + [claim("certain", False), claim(None, False)]
    table = "\n".join(show_calibration(claims))

    assert "certain       4 claims    1 wrong  25.00%" in table
    assert "none          1 left unclaimed" in table


def test_one_of_two_hundred_may_be_wrong() -> None:
    """The wrong ones are told when they are more than one of two hundred."""
    right, wrong = claim("certain", True), claim("certain", False)

    assert [] == find_wrong([right] * 200 + [wrong])
    assert [wrong] == find_wrong([right] * 198 + [wrong])
