"""The laws of alternatives: of the problems of several types, those of one have to be put right."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode import decode
from errdecode.alternatives import say_alternatives
from errdecode.model import JSON, Diagnostic, Problem, Retry

FEW = settings(max_examples=100, deadline=None)


def problem(one_of: str | None, pointer: str | None = "/a") -> Diagnostic:
    """A problem of an alternative."""
    return Diagnostic(Problem(pointer=pointer, one_of=one_of), (), None, (), Retry("unknown"))


def told(*diagnostics: Diagnostic) -> list[str]:
    """What the notes say is enough."""
    notes = list(say_alternatives(diagnostics))

    assert {"alternatives"} >= {note.kind for note in notes}
    return [note.message.removeprefix("it is enough to put one of these right: ") for note in notes]


def test_problems_of_one_alternative_stand_together() -> None:
    """Each place once, in the order of the answer."""
    named = [("#/anyOf/0", "/a"), ("#/anyOf/1", "/b"), ("#/anyOf/0", "/c"), ("#/anyOf/0", "/a")]

    assert ["`/a` and `/c`; or `/b`"] == told(*(problem(*one) for one in named))


def test_alternatives_in_other_parts_of_the_request() -> None:
    """Each place is named as what it is; a place in the answer tells the value by itself."""
    groups: list[list[JSON]] = [
        [{"path": "berths[0].pier", "location": "body"}, {"path": "deck", "location": "body"}],
        [{"path": "q", "location": "query"}],
        [{"path": "x-crew", "location": "headers"}, {"path": "quay", "location": "cookies"}],
    ]
    nested: list[JSON] = [[{"type": "field", "msg": "no", **one} for one in of] for of in groups]  # type: ignore[dict-item]
    item: JSON = {"type": "alternative_grouped", "msg": "Say where", "nestedErrors": nested}
    for answer in ({"errors": [item]}, [item]):
        (report,) = decode(json.dumps(answer), status=400)

        assert [
            "it is enough to put one of these right: `/berths/0/pier` and `/deck`; or query "
            "parameter `q`; or header field `x-crew` and cookie `quay`"
        ] == [note.message for note in report.notes if note.kind == "alternatives"]


def test_the_message_of_the_alternatives_is_told() -> None:
    """What `oneOf` itself says stands beside what is said of one of its fields."""
    field: JSON = {"type": "field", "msg": "no", "path": "pier", "location": "body"}
    item: JSON = {"type": "alternative", "msg": "Say where", "nestedErrors": [field]}
    (report,) = decode(json.dumps({"errors": [item]}), status=400)
    (told_of,) = report.diagnostics

    assert ("Say where", "no") == (told_of.problem.title, told_of.problem.detail)


@pytest.mark.parametrize(
    "named",
    [
        [("#/anyOf/0", "/a"), ("#/anyOf/0", "/b")],
        [("#/anyOf/0", "/a"), ("#/oneOf/1", "/b")],
        [("#/anyOf/0", "/a"), (None, "/b")],
        [("#/anyOf/0", "/a"), ("#/anyOf/1", None)],
        [("#/items/anyOf/0", "/rows/0/a"), ("#/items/anyOf/1", "/rows/1/b")],
        [],
    ],
)
def test_other_problems_are_no_alternatives(named: list[tuple[str | None, str | None]]) -> None:
    """Those of one alone, of several values, of several items of a list, and those without one."""
    assert [] == told(*(problem(*one) for one in named))


@FEW
@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from(("", "/a", "/b" * 90))), max_size=40))
def test_a_note_is_short(named: list[tuple[int, str]]) -> None:
    """Whatever the answer holds; and there is one note for a value at most."""
    notes = told(*(problem(f"#/anyOf/{at}", pointer) for at, pointer in named))

    assert len(notes) == (len({at for at, _ in named}) > 1)
    assert all(len(note) < 2000 for note in notes)


def test_variants_of_a_schema() -> None:
    """Ajv tells the variant by the path in the schema."""
    errors: list[JSON] = [
        {
            "instancePath": "/user",
            "schemaPath": f"#/properties/user/anyOf/{at}/required",
            "keyword": "required",
            "params": {"missingProperty": name},
            "message": f"must have required property '{name}'",
        }
        for at, name in enumerate(("email", "phone"))
    ]
    (report,) = decode(json.dumps({"errors": errors}), status=400)

    assert ["it is enough to put one of these right: `/user/email`; or `/user/phone`"] == [
        note.message for note in report.notes if note.kind == "alternatives"
    ]


def test_types_of_a_union() -> None:
    """Pydantic tells it by the type's name, where the request shows that it is one."""
    items: list[JSON] = [
        {"type": f"{name}_type", "loc": ["body", "id", name], "msg": "Not valid", "input": []}
        for name in ("int", "str")
    ]
    answer = json.dumps({"detail": items})
    (known,) = decode(answer, request='{"id": []}', status=422)
    (other,) = decode(answer, request='{"id": {"int": [], "str": []}}', status=422)

    assert ["it is enough to put one of these right: `/id/int`; or `/id/str`"] == [
        note.message for note in known.notes if note.kind == "alternatives"
    ]
    assert "alternatives" not in {note.kind for note in other.notes}
