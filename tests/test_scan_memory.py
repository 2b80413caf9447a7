"""What a scan remembers: an answer that is remembered is the one that would be decoded anew."""

from __future__ import annotations

import json
import re
from random import Random

import pytest
from cases import load_cases
from sightings import read_all
from wrappers import BY_NAME, Around, wrappers_for

from errdecode.catalog import open_catalog
from errdecode.model import JSON
from errdecode.scan.cut import json_values
from errdecode.scan.reading.answers import Around as Known
from errdecode.scan.reading.answers import decode_body
from errdecode.scan.reading.plans import Plans


def vary(value: JSON, random: Random, name: str = "") -> JSON:
    """Another body of the same kind: other words, ids, numbers; now and then another code."""
    if isinstance(value, dict):
        return {key: vary(child, random, key) for key, child in value.items()}
    if isinstance(value, list):
        return [vary(child, random, name) for child in value]
    chance = random.random()
    if isinstance(value, str):
        if " " in value and chance < 0.7:
            words = value.split(" ")
            words[random.randrange(len(words))] = f"cus_{random.randrange(1000)}"
            return " ".join(words)
        if "id" in name.lower() and chance < 0.8:
            return f"{value}{random.randrange(1000)}"
        return random.choice(["other", "", "0", "404"]) if chance < 0.06 else value
    if isinstance(value, int) and not isinstance(value, bool) and chance < 0.1:
        return random.choice([0, 400, 404, value + 1])
    return value


def test_what_is_remembered_is_what_is_decoded() -> None:
    """Over the catalog's examples and variations of them, in all circumstances: the same answer."""
    catalog, random = open_catalog(), Random(7)
    plans = Plans(catalog)
    for case in load_cases()[::29]:
        try:
            value = json.loads(case.body)
        except ValueError:
            continue
        for number in range(10):
            raw = json.dumps(vary(value, random) if number else value).encode()
            url = random.choice([None, "https://api.example.com/v1/a", "/v1/b"])
            around = Known(random.choice([case.status, None]), random.choice(["GET", "POST"]), url)
            answer = plans.answer(json.loads(raw), "json", lambda raw=raw: raw, around)

            assert decode_body(catalog, raw, around) == answer, (case.format, case.name, raw)
    assert plans.hits


HEADS = (
    (("Content-Type", "application/json"), ("X-Request-Id", "{id}"), ("Date", "{date}")),
    (("content-type", "application/problem+json; charset=utf-8"), ("Server", "quay/{number}")),
    (("Content-Type", "text/html"), ("X-RateLimit-Remaining", "{few}"), ("Retry-After", "{few}")),
    (("WWW-Authenticate", 'Bearer error="invalid_token"'), ("CF-RAY", "{id}-FRA")),
    (("x-amzn-ErrorType", "ThrottlingException"), ("x-amzn-RequestId", "{id}")),
    (("grpc-status", "5"), ("grpc-message", "no boat {number}")),
)


def test_heads_are_remembered_alike() -> None:
    """Ids and dates of a head do not count; what clues, extractors and waits read of it does."""
    catalog, random = open_catalog(), Random(11)
    plans = Plans(catalog)
    for case in [case for case in load_cases() if case.kind == "json"][::131]:
        value = json.loads(case.body)
        for number in range(8):
            raw = json.dumps(vary(value, random) if number else value).encode()
            said = {
                "id": f"{random.getrandbits(64):x}",
                "date": f"Sun, 01 Mar 2026 08:00:{random.randrange(60):02} GMT",
                "number": number,
                "few": random.randrange(3),
            }
            fields = tuple((name, text.format(**said)) for name, text in random.choice(HEADS))
            around = Known(case.status, "POST", None, fields)
            answer = plans.answer(json.loads(raw), "json", lambda raw=raw: raw, around)

            assert decode_body(catalog, raw, around) == answer, (case.format, fields, raw)
    assert plans.hits


HOUSES: tuple[JSON, ...] = (
    {"err": {"kind": "tide", "code": 17, "text": "The tide is too low."}, "ok": False},
    {"code": "TIDE_TOO_LOW", "message": "Wait for the tide.", "path": "/v1/boats/7"},
    {"failures": [{"field": "boat.name", "reason": "left", "id": 4}], "status": "fail"},
    {"errors": {"boat": ["must be moored", "is too long"]}, "trace": "ab12"},
    {"result": {"success": False, "errorCode": 404, "errorText": "no boat", "detail": "no boat"}},
    {"message": "No.", "code": "E7", "invalid-params": [{"name": "boat.hull", "reason": "is red"}]},
    {"error": {"code": "E8", "message": "No."}, "details": [{"field": "a.b", "message": "is red"}]},
    {"code": 0, "errorMessage": "success", "data": {"boat": 7}},
    {"errorCode": "0000", "status": "done"},
    {"error": {"type": "tide", "message": '{"code": "E9", "message": "Wait for the tide."}'}},
    {"error": "quay_closed", "error_info": "quay_closed", "help": "https://api.example.com/help"},
)
"""Bodies that nobody documents."""


def test_undocumented_bodies_are_remembered_alike() -> None:
    """What no documented format fits is read generically: the same from memory."""
    catalog, random = open_catalog(), Random(5)
    plans = Plans(catalog)
    for _ in range(60):
        for house in HOUSES:
            raw = json.dumps(vary(house, random)).encode()
            around = Known(random.choice([400, None, 500]), None, "https://api.example.com/v1")
            answer = plans.answer(json.loads(raw), "json", lambda raw=raw: raw, around)

            assert decode_body(catalog, raw, around) == answer, raw
    assert plans.hits > 100


def test_faults_of_members_keep_their_places() -> None:
    """A name that stands for a place is never that of another body, nor is a word of success."""
    catalog, plans = open_catalog(), Plans(open_catalog())
    bodies: list[JSON] = [
        {"code": "E7", "message": "No.", member: [{key: name, "reason": "is red"}]}
        for member, key in (("invalid-params", "name"), ("details", "field"))
        for name in ("boat.hull", "boat.keel", "other", "a b", "hull")
    ]
    bodies += [{"errorCode": code, "errorMessage": "Done"} for code in ("0000", "0017", "E1")]
    for body in bodies * 3:
        raw = json.dumps(body).encode()
        for around in (Known(400), Known()):
            answer = plans.answer(body, "json", lambda raw=raw: raw, around)

            assert decode_body(catalog, raw, around) == answer
    assert plans.hits


def test_bodies_in_no_format_are_decoded_alike() -> None:
    """What no documented format fits is read the same when that is known beforehand."""
    catalog, plans = open_catalog(), Plans(open_catalog())
    bodies = [
        {"error": f"boat {number} is gone", "message": text, "inner": inner}
        for number, text in enumerate(["left at noon", "", "404", "no such thing", "left"])
        for inner in ("x", '{"type":"about:blank","title":"Gone","status":410,"detail":"d"}')
    ]
    for body in bodies * 2:
        raw = json.dumps(body).encode()
        around = Known(404)

        assert decode_body(catalog, raw, around) == plans.answer(
            body, "json", lambda raw=raw: raw, around
        )


def test_xml_and_texts_are_remembered_alike() -> None:
    """Elements with other texts, and other texts, are answered as they would be anew."""
    catalog, random = open_catalog(), Random(3)
    plans = Plans(catalog)
    for case in [case for case in load_cases() if case.kind in ("xml", "text")][::7]:
        for number in range(4):
            raw = re.sub(
                r"(?<=[a-z] )[a-z]{5,}(?=[ .<])" if number else r"\Z",
                f"w{random.randrange(99)}" if number else "",
                case.body,
            ).encode()
            around = Known(case.status)

            assert decode_body(catalog, raw, around) == plans.answer_text(raw, around)


def test_reading_is_the_same_without_memory() -> None:
    """A reader that remembers finds what one that does not finds."""
    some = load_cases()[::61]
    data = b"".join(
        BY_NAME[name].wrap(case, Around(status=case.status or 400)).data
        for case in some
        for name in ("member", "syslog", "string")
        if BY_NAME[name] in list(wrappers_for(case))
    )

    assert read_all(data, remember=False) == read_all(data * 2)[: len(read_all(data))]


def test_what_stands_inside_is_met_the_same_without_memory() -> None:
    """Where nothing is known of the body itself, its texts are looked into all the same."""
    inner = json.dumps({"type": "about:blank", "title": "Gone", "status": 410, "detail": "gone"})
    lines = [json.dumps({"note": text, "kind": "x"}) for text in ("a", "b", "c", inner, "d")]
    lines += [f"quay {text}" for text in ("a", "b", "c", '["Invalid input."]', "d")]
    data = ("\n".join(lines * 2) + "\n").encode()

    assert read_all(data, remember=False) == read_all(data)


def test_reading_is_the_same_without_orjson(monkeypatch: pytest.MonkeyPatch) -> None:
    """orjson makes it faster, and nothing else."""
    data = b"".join(
        BY_NAME["member"].wrap(case, Around(number=at, status=case.status or 400)).data
        for at, case in enumerate(load_cases()[::31])
        if case.kind == "json"
    )
    fast = read_all(data)
    monkeypatch.setattr(json_values, "_load", json.loads)

    assert fast == read_all(data)
