"""The laws of corrections: only what the response says, and checked before it is offered."""

from __future__ import annotations

import pytest
from corrections import CHOICES, body_of, propose

from errdecode.correct import apply, correct
from errdecode.correct.operations import PatchError, same
from errdecode.model import JSON, Location, Problem, Repair


def outcome(payload: str, pointer: str, detail: str, **members: JSON) -> tuple[JSON, str] | None:
    """The corrected document, and how sure the correction is."""
    patch = propose(payload, pointer, detail, **members)
    if patch is None:
        return None
    document = apply(body_of(payload).value, patch.operations)
    assert not isinstance(document, PatchError)
    return document, patch.applicability


# ---------------------------------------------------------------- rules


@pytest.mark.parametrize(
    ("payload", "detail", "state", "applicability"),
    [
        ('{"a": "Open"}', CHOICES, "open", "certain"),
        ('{"a": " closed "}', CHOICES, "closed", "certain"),
        ('{"a": "canceled"}', CHOICES, "cancelled", "maybe"),
        ('{"a": "colsed"}', CHOICES, "closed", "maybe"),
        ('{"a": "in-progress"}', "Allowed values: IN_PROGRESS, DONE.", "IN_PROGRESS", "certain"),
        ('{"a": "Cat"}', "Input should be 'cat', 'dog' or 'cow'", "cat", "certain"),
        ('{"a": "CAT"}', "'CAT' is not one of ['cat', 'dog']", "cat", "certain"),
        ('{"a": "cats"}', "unknown variant `cats`, expected one of `cat`, `cow`", "cat", "maybe"),
        ('{"a": "Cat"}', "Invalid enum value. Expected 'cat' | 'dog', received 'Cat'", "cat",
         "certain"),
        ('{"a": "gren"}', "must be 'green', 'red' or 'blue'", "green", "maybe"),
        ('{"a": "gren"}', 'Did you mean "green"?', "green", "maybe"),
        ('{"a": "Open"}', "a must be open or closed", "open", "certain"),
        ('{"a": "Up"}', "must be one of {up, down}, but you sent Up", "up", "certain"),
    ],
)  # fmt: skip
def test_a_near_miss_becomes_the_allowed_value(
    payload: str, detail: str, state: str, applicability: str
) -> None:
    """Of the values a message lists, the only close one is proposed."""
    assert ({"a": state}, applicability) == outcome(payload, "/a", detail)


@pytest.mark.parametrize(
    ("payload", "detail"),
    [
        ('{"a": "gone"}', CHOICES),
        ('{"a": "open"}', CHOICES),
        ('{"a": "AB"}', "must be one of: 'ab', 'Ab'"),
        ('{"a": "care"}', "must be one of: 'card', 'cart'"),
        ('{"a": "Cat"}', "must not be one of 'cat', 'dog'"),
        ('{"a": "Cat"}', "is not one of the names of cat, dog"),
        ('{"a": "1"}', "must be one of: 1, 2, 3"),
        ('{"a": 7}', CHOICES),
    ],
)
def test_a_choice_is_never_guessed(payload: str, detail: str) -> None:
    """Nothing close, several close, or a list that cannot be read: no correction."""
    assert None is outcome(payload, "/a", detail)


def test_choices_may_stand_beside_the_message() -> None:
    """A list of allowed values among the members of the problem counts as said."""
    found = outcome('{"a": "Open"}', "/a", "invalid value", allowedValues=["open", "shut"])

    assert ({"a": "open"}, "certain") == found


@pytest.mark.parametrize(
    ("payload", "detail", "value", "applicability"),
    [
        ('{"a": false}', 'Value of "a" attribute (false) is not a string', "false", "maybe"),
        ('{"a": 12.50}', "a must be a string", "12.50", "maybe"),
        ('{"a": 5}', "Expected string, received number", "5", "maybe"),
        ('{"a": 5}', "A valid string is required.", "5", "maybe"),
        ('{"a": 5}', "5 is not of type 'string'", "5", "maybe"),
        ('{"a": "42"}', "a must be an integer", 42, "certain"),
        ('{"a": " 42"}', "a must be an integer", 42, "maybe"),
        ('{"a": "42"}', "a must be an integer between 1 and 99", 42, "maybe"),
        ('{"a": "4.5"}', "must be a number.", 4.5, "certain"),
        ('{"a": 3.0}', "Input should be a valid integer", 3, "maybe"),
        ('{"a": "true"}', "must be a boolean", True, "certain"),
        ('{"a": "False"}', "must be a boolean", False, "maybe"),
        ('{"a": "x"}', "must be an array", ["x"], "maybe"),
        ('{"a": {"b": 1}}', "a should be a list", [{"b": 1}], "maybe"),
        ('{"a": ["x"]}', "must be a string", "x", "maybe"),
        ('{"a": [{"b": 1}]}', "expected an object", {"b": 1}, "maybe"),
    ],
)
def test_obvious_casts(payload: str, detail: str, value: JSON, applicability: str) -> None:
    """A value of another type is converted when it says the same in the wanted one."""
    found = outcome(payload, "/a", detail)

    assert found is not None
    assert (True, applicability) == (same({"a": value}, found[0]), found[1])


@pytest.mark.parametrize(
    ("payload", "detail"),
    [
        ('{"a": null}', "must be a string"),
        ('{"a": {"b": 1}}', "must be a string"),
        ('{"a": ["x", "y"]}', "must be a string"),
        ('{"a": 5}', "must be a string or null"),
        ('{"a": 5}', "must not be a string"),
        ('{"a": [5]}', "each item must be a string"),
        ('{"a": 5}', "must be an array of strings"),
        ('{"a": 5}', "must be an array of at least 2 items"),
        ('{"a": "5"}', "must be an integer string"),
        ('{"a": 5}', "must be a string in ISO 8601 format"),
        ('{"a": "007"}', "must be an integer"),
        ('{"a": "4.5"}', "must be an integer"),
        ('{"a": "1e999"}', "must be a number"),
        ('{"a": "0.1234567890123456789"}', "must be a number"),
        ('{"a": "100"}', "must be an integer between 1 and 99"),
        ('{"a": "yes"}', "must be a boolean"),
        ('{"a": 150}', "must be at most 99"),
        ('{"a": 5}', "is invalid"),
    ],
)
def test_no_cast_that_could_be_wrong(payload: str, detail: str) -> None:
    """Where the message or the value leaves a choice there is no correction."""
    assert None is outcome(payload, "/a", detail)


@pytest.mark.parametrize(
    "detail",
    [
        "must be at most 5 characters long",
        "Ensure this field has no more than 5 characters.",
        "is too long (maximum is 5 characters)",
        "length must be between 2 and 5",
        "must NOT have more than 5 characters",
    ],
)
def test_a_long_string_is_cut(detail: str) -> None:
    """A string over a stated length is cut to it, which is likely, not certain."""
    assert ({"a": "abcde"}, "maybe") == outcome('{"a": "abcdefgh"}', "/a", detail)


def test_a_cut_keeps_combined_characters_whole() -> None:
    """A letter is not parted from the mark that belongs to it."""
    assert ({"a": "abc"}, "maybe") == outcome('{"a": "abce\u0301f"}', "/a", "at most 4 characters")


@pytest.mark.parametrize(
    ("payload", "pointer", "detail", "document", "applicability"),
    [
        ('{"a": 1}', "/zip", "zip is required", {"a": 1, "zip": "<zip>"}, "placeholder"),
        ('{"a": 1}', "/zip", "zip is required and must be an integer", {"a": 1, "zip": 0},
         "placeholder"),
        ('{"a": {}}', "/a", "must have required property 'zip'", {"a": {"zip": "<zip>"}},
         "placeholder"),
        ('{"zipCod": 1}', "/zipCode", "missing required field", {"zipCode": 1}, "maybe"),
        ('{"nmae": 1}', "/nmae", 'Unknown field. Did you mean "name"?', {"name": 1}, "maybe"),
    ],
)  # fmt: skip
def test_members_are_added_and_renamed(
    payload: str, pointer: str, detail: str, document: JSON, applicability: str
) -> None:
    """A missing member gets a placeholder, a misspelt one its name."""
    assert (document, applicability) == outcome(payload, pointer, detail)


@pytest.mark.parametrize(
    ("payload", "pointer", "detail"),
    [
        ('{"a": 1}', "/b/zip", "zip is required"),
        ('{"a": [1]}', "/a/zip", "zip is required"),
        ('{"a": ""}', "/a", "a is required"),
        ('{"a": 1}', "/zip", "zip is invalid"),
        ('{"a": 1}', "/zip", "a token is required to read zip"),
        ('{"nmae": 1}', "/nmae", "Unknown field"),
        ('{"nmae": 1, "name": 2}', "/nmae", 'Did you mean "name"?'),
        ('{"nmae": 1}', "/nmae", 'Did you mean "name" or "nome"?'),
    ],
)
def test_no_member_is_invented(payload: str, pointer: str, detail: str) -> None:
    """Without a name and a place for it nothing is added or renamed."""
    assert None is outcome(payload, pointer, detail)


@pytest.mark.parametrize("payload", ['{"a": "Open", "b": ', "a=Open&b=1", "<a>Open</a>", ""])
def test_only_whole_json_is_corrected(payload: str) -> None:
    """A body that is cut off, or of another kind, has no correction."""
    assert None is propose(payload, "/a", CHOICES)


@pytest.mark.parametrize(
    ("flags", "path"), [((None,), "/w/a"), ((True, False), "/w/a"), ((None, None), None)]
)
def test_a_repaired_pointer_is_followed(flags: tuple[bool | None, ...], path: str | None) -> None:
    """The only repair, or the only confirmed one, says where the value is."""
    body = body_of('{"w": {"a": "Open"}, "x": {"a": "Open"}}')
    repairs = tuple(
        Repair(f"/{name}/a", "wrapper", "", flag, "Open")
        for name, flag in zip("wx", flags, strict=False)
    )
    location = Location("request.body", "/a", False, repairs=repairs)
    patch = correct(Problem(detail=CHOICES), (location,), body)

    assert path == (patch and patch.operations[0]["path"])
    assert patch is None or patch.applicability == ("certain" if True in flags else "maybe")
