"""The laws of repairs: another reading of a pointer has a reason, leads to a value, and is told."""

from __future__ import annotations

import json

import pytest
from hypothesis import settings
from repairs import FORM, find, told

from errdecode.locate.repair import MOST_REPAIRS, find_repairs
from errdecode.model import JSON, Body, Text
from errdecode.pipeline import decode
from errdecode.pointer import parse
from errdecode.redact import redact
from errdecode.render import View
from errdecode.render.json import render

FEW = settings(max_examples=100, deadline=None)


def pointers(body: JSON, pointer: str) -> list[str]:
    """The pointers of all repairs in a JSON value."""
    tokens = parse(pointer).tokens
    assert tokens is not None
    return [one.pointer for one in find_repairs(Body("json", None, Text(""), body), tokens)]


# ---------------------------------------------------------------- each kind


@pytest.mark.parametrize(
    ("content", "sent", "pointer", "reason"),
    [
        ('{"order": {"state": 1}}', "/state", "/order/state", "the payload wraps it in `order`"),
        (
            '{"order": {"state": 1}, "fields": ["a"]}',
            "/state",
            "/order/state",
            "the payload wraps it in `order`",
        ),
        (
            '{"data": {"attributes": {"x": 1}}}',
            "/x",
            "/data/attributes/x",
            "the payload wraps it in `data/attributes`",
        ),
        (
            '{"data": {"attributes": {"x": 1}}}',
            "/data/x",
            "/data/attributes/x",
            "the payload wraps it in `attributes`",
        ),
        (
            '{"data": {"attributes": {"x": 1}}}',
            "/attributes/x",
            "/data/attributes/x",
            "the payload wraps it in `data`",
        ),
        (
            '{"x": 1}',
            "/data/attributes/x",
            "/x",
            "the payload has no `data/attributes` around it",
        ),
        ('{"x": 1}', "/attributes/x", "/x", "the payload has no `attributes` around it"),
        ('{"x": 1}', "/body/x", "/x", "the payload has no `body` around it"),
        ('{"x": 1}', "/newOrderRequest/x", "/x", "the payload has no `newOrderRequest` around it"),
        ('{"a": {"x": 1}}', "/order/a/x", "/a/x", "the payload has no `order` around it"),
        ('{"x": 1}', "/body", "", "`body` stands for the payload itself"),
    ],
)
def test_wrappers(content: str, sent: str, pointer: str, reason: str) -> None:
    """A wrapper that one side has and the other lacks is passed over, and named."""
    assert [(pointer, "wrapper", reason)] == told(find(content, sent))


@pytest.mark.parametrize(
    ("content", "sent", "pointer"),
    [
        ('{"name": 1, "owner": {"street": "High"}}', "/street", "/owner/street"),
        ('{"name": "High"}', "/owner/name", "/name"),
        ('{"items": [{"name": "High"}, {"title": 2}]}', "/items/1/name", "/items/0/name"),
    ],
)
def test_words_may_speak_for_a_far_reading(content: str, sent: str, pointer: str) -> None:
    """A reading too far to be told alone is told when the server quotes the value found there."""
    repairs = find(content, sent, detail="Invalid value 'High'").repairs

    assert [(pointer, True)] == [(one.pointer, one.confirmed) for one in repairs]


@pytest.mark.parametrize(
    ("content", "detail", "there"),
    [
        ('{"token": 1, "boat": {"name": "x"}, "send": "y"}', "is invalid", True),
        ("token=1&boat[name]=x&send=y", "is invalid", True),
        ('{"token": 1, "boat": {"name": " "}}', "can't be blank", True),
        ("token=1&boat[name]=", "can't be blank", True),
        ('{"token": 1, "boat": {"name": "x"}}', "is required", False),
        ('{"token": 1, "boat": {"name": "x"}}', "no good", False),
        ('{"token": 1, "boat": {"name": "x"}}', "Invalid value 'High'", False),
        ('{"token": 1, "boat": {"name": "x"}, "owner": {"name": "y"}}', "is invalid", False),
        ("token=1&boat[name]=x&owner[name]=y", "is invalid", False),
        ('{"token": 1, "data_of": {"boat": {"name": "x"}}}', "is invalid", False),
    ],
)
def test_the_only_wrapper_that_has_what_is_refused(content: str, detail: str, there: bool) -> None:
    """What is refused was sent, so the one wrapper that has it is it, whatever stands beside."""
    media = FORM if "=" in content else None
    pointer = "/boat[name]" if media else "/boat/name"
    repairs = find(content, "/name", media=media, detail=detail).repairs

    assert [pointer] * there == [one.pointer for one in repairs]


@pytest.mark.parametrize(
    ("content", "sent", "pointer", "kind", "reason"),
    [
        (
            '{"Name": 1}',
            "/name",
            "/Name",
            "case",
            "the payload writes `Name` in another letter case",
        ),
        ('{"zipCode": 1}', "/ZipCode", "/zipCode", "case", None),
        ('{"zip_code": 1}', "/zipCode", "/zip_code", "convention", None),
        (
            '{"zip-code": 1}',
            "/ZIP_CODE",
            "/zip-code",
            "convention",
            "the payload writes `zip-code` in kebab-case",
        ),
        ('{"item": 1}', "/items", "/item", "plural", "the payload has `item` in the singular"),
        ('{"cities": 1}', "/city", "/cities", "plural", "the payload has `cities` in the plural"),
    ],
)
def test_spellings(content: str, sent: str, pointer: str, kind: str, reason: str | None) -> None:
    """Another spelling of the same words is the same member."""
    (repair,) = find(content, sent).repairs

    assert (pointer, kind) == (repair.pointer, repair.kind)
    assert reason is None or reason == repair.reason


def test_plurals_are_the_last_resort() -> None:
    """Singular and plural are no repair when two names have that stem, or one is spelled alike."""
    assert [] == pointers({"order": 1, "ORDER": 2}, "/orders")
    assert ["/Orders"] == pointers({"order": 1, "Orders": 2}, "/orders")


@pytest.mark.parametrize(
    ("content", "sent", "dialect", "pointer", "kind"),
    [
        ('{"items": [1, 2, 3]}', "/items/3", "json-pointer", "/items/2", "one-based"),
        ('{"Filter": [{"Name": 1}]}', "Filter.1.Name", "dotted", "/Filter/0/Name", "one-based"),
        (
            '{"Filter": [{"Name": 1}, {"Name": 2}]}',
            "Filter.member.1.Name",
            "dotted",
            "/Filter/0/Name",
            "one-based",
        ),
        ('{"items": [{"name": 1}]}', "/items/name", "json-pointer", "/items/0/name", "single-item"),
        ('[{"name": 1}]', "/name", "json-pointer", "/0/name", "single-item"),
        ('{"item": {"name": 1}}', "/item/0/name", "json-pointer", "/item/name", "single-item"),
        ('{"tag": "a"}', "/tag/0", "json-pointer", "/tag", "single-item"),
    ],
)
def test_counting(content: str, sent: str, dialect: str, pointer: str, kind: str) -> None:
    """Lists counted from one, lists of one that are left out, indices into what is no list."""
    (repair,) = find(content, sent, dialect).repairs

    assert (pointer, kind) == (repair.pointer, repair.kind)


def test_two_kinds_are_one_sentence() -> None:
    """Of two kinds the first is named, and the reason tells both; three are too many."""
    (repair,) = find('{"order": {"ZipCode": 1}}', "/zip_code").repairs

    assert ("/order/ZipCode", "wrapper") == (repair.pointer, repair.kind)
    assert repair.reason == ("the payload wraps it in `order`, and writes `ZipCode` in PascalCase")
    assert [] == pointers({"order": {"ZipCodes": [1]}}, "/zip_codes/1")


ELEMENTS = (
    "<e:Envelope xmlns:e='urn:x'><e:Body><do><arg1><id>5</id></arg1></do></e:Body></e:Envelope>"
)


@pytest.mark.parametrize(
    ("content", "media", "sent", "dialect", "marked", "kind"),
    [
        (ELEMENTS, "text/xml", "/do/arg1/id", "xpath", "<id>5</id>", "wrapper"),
        (ELEMENTS, "text/xml", "arg1.ID", "dotted", "<id>5</id>", "wrapper"),
        (ELEMENTS, "text/xml", "//arg_1/id", "xpath", "<id>5</id>", "wrapper"),
        ("<do><zipCode>5</zipCode></do>", "text/xml", "/do/zip_code", "xpath", None, "convention"),
        ("Name=J%C3%B6rg&x=1", FORM, "name", "dotted", "J%C3%B6rg", "case"),
        ("name=J%C3%B6rg&x=1", FORM, "body.name", "dotted", "J%C3%B6rg", "wrapper"),
        ("card%5Bnumber%5D=42&x=1", FORM, "/card/number", "json-pointer", "42", "convention"),
    ],
)
def test_xml_and_forms(
    content: str, media: str, sent: str, dialect: str, marked: str | None, kind: str
) -> None:
    """Elements and fields are found behind wrappers and other spellings, too."""
    (repair,) = find(content, sent, dialect, media).repairs

    assert kind == repair.kind
    assert content[repair.start : repair.end] == (marked or "<zipCode>5</zipCode>")


# ---------------------------------------------------------------- order and honesty


def test_the_confirmed_comes_first_and_none_is_hidden() -> None:
    """Several readings are all told: the confirmed, the open ones, the contradicted ones."""
    content = '{"billing": {"zip": "80"}, "shipping": {"zip": "8000"}}'
    repairs = find(content, "/zip", detail='invalid value "8000"').repairs

    assert [("/shipping/zip", True), ("/billing/zip", False)] == [
        (one.pointer, one.confirmed) for one in repairs
    ]


def test_fewest_repairs_come_first() -> None:
    """What needs one repair stands before what needs two; nothing more than five is listed."""
    many: dict[str, JSON] = {f"a{'_' * n}b": n for n in range(1, 9)}

    assert pointers({"Zip": 1, "data": {"zip": {"x": 1}, "Zip": 2}}, "/zip") == [
        "/Zip",
        "/data/zip",
        "/data/Zip",
    ]
    assert len(pointers(many, "/aB")) == MOST_REPAIRS


def test_the_pointer_as_sent_stays_what_it_is() -> None:
    """A repair never makes a pointer found, and a found pointer has no repairs."""
    repaired, plain = find('{"a": {"b": 1}}', "/b"), find('{"a": {"b": 1}, "b": 2}', "/b")

    assert (False, "/b", "") == (repaired.found, repaired.pointer, repaired.nearest)
    assert (True, ()) == (plain.found, plain.repairs)


def test_long_names_are_left_out_of_sentences() -> None:
    """A reason repeats a name whole or not at all: a cut-off secret could not be masked."""
    name = "x" * 80
    (repair,) = find(json.dumps({name: {"b": 1}}), "/b").repairs

    assert "the payload wraps it in a member" == repair.reason


def test_repairs_are_masked_as_places_are() -> None:
    """A secret that only a repair leads to is hidden in its value, and its place stays true."""
    payload = '{"user": {"pin": 1234, "name": {"token": "zq81"}}}'
    for name, expected in (("pin", "••••"), ("name", {"token": "••••"})):
        item = {"title": "Invalid", "detail": "no good", "source": {"pointer": f"/{name}"}}
        (report,) = decode(json.dumps({"errors": [item]}), request=payload, status=422)
        ((location,), (before,)) = (
            one.diagnostics[0].locations for one in (redact(report), report)
        )
        (repair,), (open_one,) = location.repairs, before.repairs

        assert (repair.kind, repair.value) == ("wrapper", expected)
        assert (repair.start, repair.end) == (open_one.start, open_one.end)
        assert open_one.value == json.loads(payload)["user"][name]


def test_repairs_in_json() -> None:
    """The JSON output has each repair with both its places."""
    item = {"title": "Invalid", "detail": "no good", "source": {"pointer": "/state"}}
    answer = json.dumps({"errors": [item]})
    command = f"""$ curl https://api.example.com/ --json '{{"order": {{"state": 5}}}}'\n{answer}"""
    (report,) = decode(command, status=422)
    (location,) = json.loads(render(report, View()))["problems"][0]["locations"]
    (repair,) = location["repairs"]
    places = [repair.pop(name)["start"]["offset"] for name in ("span", "input_span")]

    assert places == [20, command.index("5}")]
    assert repair == {
        "pointer": "/order/state",
        "kind": "wrapper",
        "reason": "the payload wraps it in `order`",
        "confirmed": None,
        "value": 5,
    }
    assert (location["found"], location["span"]) == (False, None)


@pytest.mark.parametrize(
    ("items", "pointer"),
    [
        ('[{"id": "a", "age": 1}, {"id": "b", "age": 2}]', "/crew/1/age"),
        ('[{"id": "b", "age": 2}]', "/crew/0/age"),
        ('[{"age": 2}]', "/crew/0/age"),
        ('[{"id": "a", "age": 2}]', None),
        ('[{"age": 1}, {"age": 2}]', None),
        ('[{"id": "b", "age": 1}, {"id": "b", "age": 2}]', None),
        ('[{"id": "b", "age": 1}, 7]', None),
    ],
)
def test_an_item_by_its_member(items: str, pointer: str | None) -> None:
    """A selector stands for the one item with that member, or the only one, which may lack it."""
    found = told(find(f'{{"crew": {items}}}', "/crew/@id=='b'/age"))

    assert ([pointer] if pointer else []) == [one[0] for one in found]
