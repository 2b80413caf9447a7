"""The laws of locating: from a pointer to the value in the caller's own text, or to the nearest."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.body import read_body
from errdecode.locate import Sent, locate, read_request_body
from errdecode.model import JSON, Field, Location, Problem, Request, Text
from errdecode.patterns import select
from errdecode.pointer import build, read_pointer

FEW = settings(max_examples=100, deadline=None)


def find(
    content: str, sent: JSON, dialect: str = "json-pointer", media: str | None = None
) -> Location:
    """Locate a pointer as an extractor hands it over: the first of its places."""
    return find_all(content, sent, dialect, media)[0]


def find_all(
    content: str, sent: JSON, dialect: str = "json-pointer", media: str | None = None
) -> tuple[Location, ...]:
    """Locate a pointer as an extractor hands it over: all its places."""
    tokens = read_pointer(sent, dialect).tokens
    as_sent = "/".join(map(str, sent)) if isinstance(sent, list) else str(sent)
    pointer = None if tokens is None else build(tokens)
    problem = Problem(pointer=pointer, pointer_as_sent=as_sent, dialect=dialect)
    return locate(problem, Sent(read_body(Text(content), media)))


def cut(location: Location) -> str:
    """The text that a location marks."""
    assert location.text is not None
    return location.text.value[location.start : location.end]


@pytest.mark.parametrize(
    "value", ["false", "0", '""', "null", "[]", "{}", "-0.0", "12345678901234567890"]
)
def test_empty_values_are_found(value: str) -> None:
    """Little is not missing: the span cuts exactly the value as it was written."""
    location = find(f'{{"a": {{"b" : {value} }}}}', "/a/b")

    assert (True, value) == (location.found, cut(location))
    assert json.loads(value) == location.value
    assert (None, None, ()) == (location.nearest, location.reason, location.suggestions)


@pytest.mark.parametrize(
    ("pointer", "nearest", "suggestions"),
    [
        ("/attributes/name", "/attributes", ("Name",)),
        ("/attributes/zip_code", "/attributes", ("zipCode",)),
        ("/attributes/xyz", "/attributes", ()),
        ("/atributes/Name", "", ("attributes",)),
        ("/items/2", "/items", ()),
        ("/items/-", "/items", ()),
        ("/items/sku", "/items", ()),
        ("/items/0/sku", "/items/0", ()),
        ("/flag/deeper/still", "/flag", ()),
    ],
)
def test_missing_members(pointer: str, nearest: str, suggestions: tuple[str, ...]) -> None:
    """What is not there gives its nearest parent, the reason, and close names."""
    content = '{"attributes": {"Name": 1, "zipCode": 2}, "items": [7, 8], "flag": true}'
    location = find(content, pointer)

    assert (False, nearest, suggestions) == (location.found, location.nearest, location.suggestions)
    assert location.reason
    assert json.loads(cut(location)) == (
        json.loads(content)
        if nearest == ""
        else next(value for _, value in select(json.loads(content), nearest))
    )


def test_close_names_that_look_alike_are_all_told() -> None:
    """Two names that differ in letter case only are two suggestions."""
    location = find('{"zipCode": 1, "zip_code": 2}', "/ZipCode")

    assert {"zipCode", "zip_code"} == set(location.suggestions)


@pytest.mark.parametrize(
    ("name", "token", "is_close"),
    [
        ("FirstName", "LastName", False),
        ("billing_address", "shippingAddress", False),
        ("address_line1", "address_line2", False),
        ("shipping_adress", "shippingAddress", True),
        ("usr_id", "user_id", True),
        ("unit_price", "price", True),
        ("zipcode", "zip_code", True),
        ("Straßenname", "Strassenname", True),
        ("名前", "名", False),
    ],
)
def test_another_word_is_no_slip(name: str, token: str, is_close: bool) -> None:
    """Of names with as many words, each word has to be like the other's."""
    location = find(json.dumps({name: 1}), build((token,)))

    assert ((name,) if is_close else ()) == location.suggestions


def test_the_whole_body_and_the_empty_name() -> None:
    """`""` is the whole payload, `"/"` the member with the empty name."""
    whole, empty = find('{"": 1}', ""), find('{"": 1}', "/")

    assert ('{"": 1}', "1") == (cut(whole), cut(empty))
    assert whole.found
    assert empty.found


@pytest.mark.parametrize("sent", ["a~2", "/a~", "Name"])
def test_malformed_pointers(sent: str) -> None:
    """A malformed pointer is told as such; nothing is marked."""
    location = find('{"Name": 1}', sent)

    assert (False, sent, None) == (location.found, location.pointer, location.text)
    assert location.reason


def test_names_are_unescaped() -> None:
    """Escapes of the pointer and of JSON lead to the same member."""
    assert "1" == cut(find(r'{"a\u002fb": {"c~d": 1}}', "/a~1b/c~0d"))
    assert "1" == cut(find('{"a b": 1}', "#/a%20b"))


@pytest.mark.parametrize(
    ("content", "sent", "pointer", "marked"),
    [
        ('{"address": {"street": 1}}', "address.street", "/address/street", "1"),
        (
            '{"address.street": 1, "address": {"street": 2}}',
            "address.street",
            "/address.street",
            "1",
        ),
        ('{"a": [{"b": 1}, {"b": 2}]}', "a[1].b", "/a/1/b", "2"),
        ('{"a": [{"b": 1}, {"b": 2}]}', "a[].b", "/a/0/b", "1"),
        ('{"a[0].b": 5, "a": [{"b": 1}]}', "a[0].b", "/a[0].b", "5"),
        ('{"a": {"*": 3, "b": 4}}', "a.*", "/a/*", "3"),
        ('{"addresses": []}', "addresses[].zip", "/addresses/*/zip", "[]"),
    ],
)
def test_dotted_paths(content: str, sent: str, pointer: str, marked: str) -> None:
    """Literal names win over split paths, and split paths over patterns."""
    location = find(content, sent, "dotted")

    assert (pointer, marked) == (location.pointer, cut(location))


def test_a_star_is_a_name_first() -> None:
    """In RFC 6901 `*` is a name; where nobody bears it, it stands for all there are."""
    assert ["2"] == [cut(one) for one in find_all('{"a": 1, "*": 2}', "/*")]
    assert ["1", "3"] == [cut(one) for one in find_all('{"a": [{"b": 1}, {"b": 3}]}', "/a/*/b")]
    assert [False] == [one.found for one in find_all('{"a": [{"c": 1}]}', "/a/*/b")]


def test_arrays_of_segments() -> None:
    """Names and indices of an array lead into the body."""
    location = find('{"items": [{"price": -1}]}', ["items", 0, "price"], "segments")

    assert ("-1", "/items/0/price") == (cut(location), location.pointer)


FORM = "name=J%C3%B6rg&amount=-5&tag=a&tag=b&card%5Bnumber%5D=4242"
FORM_TYPE = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("sent", "marked", "value"),
    [
        ("amount", "-5", "-5"),
        ("name", "J%C3%B6rg", "Jörg"),
        ("card[number]", "4242", "4242"),
        ("tag[1]", "b", "b"),
    ],
)
def test_forms(sent: str, marked: str, value: str) -> None:
    """A field of a form is marked as it was sent."""
    location = find(FORM, sent, "dotted", FORM_TYPE)

    assert (True, marked, value) == (location.found, cut(location), location.value)


ELEMENTS = "<e:do xmlns:e='urn:x'><arg1><id>5</id></arg1><arg2>a</arg2><arg2>b</arg2></e:do>"


@pytest.mark.parametrize(
    ("sent", "marked"),
    [
        ("//arg1", "<arg1><id>5</id></arg1>"),
        ("/do/arg1/id", "<id>5</id>"),
        ("//e:Arg1/ID", "<id>5</id>"),
        ("/do/arg2[2]", "<arg2>b</arg2>"),
    ],
)
def test_xml(sent: str, marked: str) -> None:
    """Elements are found by name at any depth, whatever their prefix and letter case."""
    location = find(ELEMENTS, sent, "xpath", "text/xml")

    assert location.found
    assert marked == cut(location)


def test_an_element_that_is_not_there() -> None:
    """An element that the request lacks is not found, and nothing breaks."""
    location = find(ELEMENTS, "//arg9", "xpath", "text/xml")

    assert not location.found
    assert location.reason


@pytest.mark.parametrize(
    ("content", "pointer", "marked"),
    [
        ("{a: 'x', b: [1,2,],}", "/a", "'x'"),
        ("{a: 'x', b: [1,2,],}", "/b/1", "2"),
        ('{"a": {"b": 5, "c": [1, {"d": tru', "/a/b", "5"),
        ('{"a": {"b": 5, "c": [1, {"d": "cut of', "/a/c/0", "1"),
    ],
)
def test_damaged_requests(content: str, pointer: str, marked: str) -> None:
    """Damaged and truncated JSON still knows where its values stand."""
    location = find(content, pointer)

    assert location.found
    assert marked == cut(location)


def test_duplicate_names_mean_the_last() -> None:
    """Of members with the same name the last one counts, and is marked."""
    location = find('{"a": 1, "a": 22}', "/a")

    assert ("22", 22) == (cut(location), location.value)


@pytest.mark.parametrize(
    ("request_", "problem"),
    [
        (None, Problem(pointer="/a", pointer_as_sent="/a")),
        (Request(), Problem(pointer="/a", pointer_as_sent="/a")),
        (Request(body=Text("  ")), Problem(pointer="/a", pointer_as_sent="/a")),
        (Request(body=Text("{}")), Problem()),
    ],
)
def test_nothing_to_locate(request_: Request | None, problem: Problem) -> None:
    """Without a request's body or a pointer there are no locations."""
    assert () == locate(problem, Sent(read_request_body(request_)))


def test_the_request_knows_its_media_type() -> None:
    """The request's own Content-Type says what a body of one pair is."""
    request = Request(headers=(Field("content-type", Text(FORM_TYPE)),), body=Text("a=1"))
    body = read_request_body(request)

    assert body is not None
    assert ("form", {"a": "1"}) == (body.kind, body.value)


def test_text_has_no_members() -> None:
    """In a request that is plain text the pointer ends at once."""
    location = find("hello there", "/a")

    assert (False, "", "a string has no members") == (
        location.found,
        location.nearest,
        location.reason,
    )


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=4),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.text(alphabet="a/~.é\\", max_size=3), inner, max_size=3)
        ),
        max_leaves=10,
    ),
    st.sampled_from([None, 2]),
)
@FEW
def test_spans_cut_exactly_the_value(document: JSON, indent: int | None) -> None:
    """Every value of a document is found, and its span holds exactly that value."""
    content = json.dumps(document, indent=indent)
    for place, value in select(document, "/**/*"):
        location = find(content, build(place))

        assert location.found
        assert value == location.value == json.loads(cut(location))


@given(
    st.text(alphabet="a/.[]*$#~0'\"@:", max_size=25),
    st.sampled_from(["json-pointer", "dotted", "jsonpath", "xpath"]),
)
@FEW
def test_locating_never_raises(sent: str, dialect: str) -> None:
    """Any pointer into any body is a location."""
    for content in ('{"a": [{"a": 1}]}', "<a><a>1</a></a>", "a=1&b=2", "a"):
        assert "request.body" == find(content, sent, dialect).document
