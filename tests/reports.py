"""Reports as the JSON output gives them: made, read and taken apart for the tests."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import strategies as st

from errdecode.pipeline import decode
from errdecode.redact import redact
from errdecode.render import View
from errdecode.render.json import render

Decode = Callable[..., Any]
"""The fixtures `run` and `decode_capture`."""

ERROR = """{"message": "Validation failed", "errors": [{"title": "Invalid value", "details": "no",
 "source": {"pointer": "/attributes/Name"}}], "StatusCode": 400}"""
"""A response that points at `/attributes/Name`."""

ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


def objects_at(place: str, value: Any) -> Iterator[dict[str, Any]]:
    """Give the objects at a place such as `problems/*/retry`; what is null or empty gives none."""
    found = [value]
    for step in place.split("/") if place else ():
        inner = (one for one in found if one is not None)
        found = [item for one in inner for item in (one if step == "*" else [one.get(step)])]
    return (one for one in found if one is not None)


def reports_of(out: str) -> list[dict[str, Any]]:
    """Read the output: an object on each line."""
    return [json.loads(line) for line in out.splitlines()]


def report_of(data: str, *, masked: bool = True, **given: Any) -> dict[str, Any]:
    """Decode a single response through the library and render it."""
    (report,) = decode(data, **given)
    shown: dict[str, Any] = json.loads(render(redact(report) if masked else report, View()))
    return shown


def same(one: Any, other: Any) -> bool:
    """Equal in value and in type: 1 is not true."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
