"""The laws of pointers with branches: segments that name a type of a union, and no member."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode import decode
from errdecode.body import read_body
from errdecode.locate import Sent, locate
from errdecode.model import JSON, Location, Problem, Report, Text
from errdecode.pointer import build

FEW = settings(max_examples=100, deadline=None)
BRANCHES = r"^(?:[A-Z]\w*|int|[a-z-]+\[.*\])$"
NAMES = st.lists(st.sampled_from(("pet", "owner", "kennel", "tag", "0")), min_size=1, max_size=5)
LABELS = st.lists(
    st.sampled_from(("Cat", "Dog", "int", "list[str]", "function-after[f(), int]")), max_size=3
)


def find(sent: list[str], payload: JSON, detail: str = "", **extensions: JSON) -> Location:
    """The place of a pointer that may have branches in it."""
    problem = Problem(detail=detail or None, pointer=build(sent), pointer_as_sent="/".join(sent))
    problem = problem._replace(dialect="segments", branches=BRANCHES, extensions=extensions)
    (place,) = locate(problem, Sent(read_body(Text(json.dumps(payload)))))
    return place


def nest(names: list[str], inner: JSON) -> JSON:
    """Objects within one another, by these names; a list of one for `0`."""
    for name in reversed(names):
        inner = [inner] if name == "0" else {name: inner}
    return inner


@FEW
@given(NAMES, st.data())
def test_branches_are_left_out_wherever_they_stand(names: list[str], data: st.DataObject) -> None:
    """What is left of the pointer leads to the value, and the reason says what was left out."""
    labels = [data.draw(LABELS) for _ in (*names, None)]
    sent = list(labels[0])
    for name, more in zip(names, labels[1:], strict=True):
        sent += [name, *more]
    place = find(sent, nest(names, "x"))
    left = [label for more in labels for label in more]

    if left:
        (repair,) = place.repairs
        assert ("branch", build(names), "x") == (repair.kind, repair.pointer, repair.value)
        assert all(f"`{label}`" in repair.reason for label in left)
    else:
        assert place.found
        assert () == place.repairs


@pytest.mark.parametrize(
    ("sent", "payload", "parent"),
    [
        (["pet", "Cat", "name"], {"pet": {"age": 3}}, "/pet"),
        (["Cat", "name"], {"age": 3}, ""),
        (["pets", "1", "Cat", "name"], {"pets": [{}, {"age": 3}]}, "/pets/1"),
        (["pet", "cat", "name"], {"pet": {"kind": "cat"}}, "/pet"),
        (["pet", "Cat", "list[str]", "Name"], {"pet": {"age": 3}}, "/pet"),
    ],
)
def test_a_missing_member_belongs_where_its_branch_was_tried(
    sent: list[str], payload: JSON, parent: str
) -> None:
    """The last segment is what is missing, whatever it looks like."""
    place = find(sent, payload, "Field required")
    (repair,) = place.repairs

    assert (f"{parent}/{sent[-1]}", False) == (repair.pointer, repair.found)
    assert parent == place.nearest


def test_what_tells_the_type_is_a_branch() -> None:
    """The value of a member is one, whatever the expression says; the value of another is not."""
    payload: JSON = {"source": {"type": "base64", "data": ""}, "other": {"type": "url2"}}

    assert ["/source/data"] == [
        r.pointer for r in find(["source", "base64", "data"], payload).repairs
    ]
    assert not find(["source", "url2", "data"], payload).repairs


def test_what_tells_the_type_may_be_the_name_of_a_member() -> None:
    """A block of text has the type `text`, and a text of that name."""
    blocks: JSON = {"content": [{"type": "text", "text": 7}, {"type": "text"}]}
    (value,) = find(["content", "0", "text", "text"], blocks).repairs
    (absent,) = find(["content", "1", "text", "text"], blocks, "Field required").repairs

    assert ("/content/0/text", 7) == (value.pointer, value.value)
    assert ("/content/1/text", False) == (absent.pointer, absent.found)
    assert find(["content", "0", "text"], blocks).found


def test_readings_are_tried_up_to_a_number() -> None:
    """Names that may be members and branches alike have very many."""
    payload: JSON = {"b": "a"}
    for _ in range(40):
        payload = {"a": payload, "b": "a"}

    assert not find(["a"] * 30 + ["x"] * 30, payload).repairs


@pytest.mark.parametrize(
    ("sent", "payload"),
    [
        (["pet", "cat", "name"], {"pet": {"name": "Tom"}}),
        (["Pet", "age"], {"pet": {"age": 3}}),
        (["pets", "4", "Cat"], {"pets": [{}]}),
        (["pets", "Cat", "4", "name"], {"pets": [{}]}),
    ],
)
def test_what_may_be_something_else_is_no_branch(sent: list[str], payload: JSON) -> None:
    """Names that no branch has, members in another spelling, and indices stay what they are."""
    assert all(repair.kind != "branch" for repair in find(sent, payload).repairs)


def test_a_value_that_the_server_does_not_mean_is_not_offered() -> None:
    """The value that it quotes is another one."""
    assert find(["pet", "Cat", "age"], {"pet": {"age": 3}}, input=3).repairs[0].confirmed
    assert not find(["pet", "Cat", "age"], {"pet": {"age": 3}}, input=4).repairs


def test_a_pointer_as_it_was_sent_comes_first() -> None:
    """A member that has the name of a type is one."""
    assert find(["Cat", "int"], {"Cat": {"int": 1}}).found


@pytest.mark.parametrize("count", [65, 10_000])
def test_very_long_pointers_are_left_alone(count: int) -> None:
    """They are nobody's."""
    assert not find(["Cat"] * count, {"age": 3}).repairs


# ---------------------------------------------------------------- in the catalog


def refuse(loc: list[JSON], kind: str, message: str, request: JSON) -> Report:
    """Decode what FastAPI says of a request."""
    answer = json.dumps({"detail": [{"type": kind, "loc": loc, "msg": message, "input": None}]})
    (report,) = decode(answer, request=json.dumps(request), status=422)
    return report


def test_unions_of_pydantic() -> None:
    """The place is the value that was held against the types."""
    report = refuse(["body", "id", "int"], "int_type", "Input should be valid", {"id": None})
    ((place,),) = [diagnostic.locations for diagnostic in report.diagnostics]

    assert ["/id"] == [repair.pointer for repair in place.repairs]


def test_a_parameter_is_named_without_branches() -> None:
    """A query has no unions."""
    report = refuse(["query", "limit", "constrained-int"], "int_parsing", "Not valid", {})

    assert ["limit"] == [diagnostic.problem.parameter for diagnostic in report.diagnostics]


def test_blocks_of_anthropic() -> None:
    """The types of the blocks stand in the message's path, and not in the request's."""
    message = "messages.0.content.0.image.source.base64.data: Input should be a valid string"
    answer = {"type": "error", "error": {"type": "invalid_request_error", "message": message}}
    source: JSON = {"type": "base64", "media_type": "image/png", "data": 7}
    content: JSON = [{"type": "image", "source": source}]
    request = json.dumps({"messages": [{"role": "user", "content": content}]})
    (report,) = decode(json.dumps(answer), request=request, status=400)
    ((place,),) = [diagnostic.locations for diagnostic in report.diagnostics]

    assert ["/messages/0/content/0/source/data"] == [repair.pointer for repair in place.repairs]
    assert (7, True) == (place.repairs[0].value, place.repairs[0].found)
