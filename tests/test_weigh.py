"""Weights: bits by rarity among the others, never by what a format says of itself."""

from __future__ import annotations

import json
from math import log2

from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.body import read_body
from errdecode.clue import Codes, Seen, check
from errdecode.compile.weigh import MOST, Reference, Scale
from errdecode.format import At, Clue
from errdecode.model import JSON, Text

NONE = Codes()


def see(value: JSON, **head: object) -> Seen:
    """A response with a JSON body."""
    return Seen(read_body(Text(json.dumps(value)), "application/json"), **head)  # type: ignore[arg-type]


def at(name: str) -> Clue:
    """The clue that a member is there."""
    return Clue(at=At(f"/{name}"))


def refer(families: dict[str, list[Seen]], background: tuple[Seen, ...] = ()) -> Reference:
    """A reference in which each family is one format."""
    return Reference(families, background, {id: id for id in families})


def weigh_one(
    clue: Clue, required: list[Clue], id: str, codes: Codes, reference: Reference
) -> float:
    """The bits of a single supporting clue."""
    return Scale(reference).weigh_supporting([clue], required, id, codes)[0]


def weigh_required(clues: list[Clue], id: str, codes: Codes, reference: Reference) -> float:
    """The bits of a conjunction."""
    return Scale(reference).weigh_required(clues, id, codes)


OTHERS = refer(
    {
        "own": [see({"a": 1, "b": 1})],
        "x": [see({"a": 1})],
        "y": [see({"a": 1, "c": 1}), see({"c": 1})],
        "z": [see({"c": 1})],
    },
    (see({"d": 1}), see([1]), see("text"), see({"d": 2})),
)


def test_rare_clues_are_worth_more() -> None:
    """What fewer others satisfy is worth more bits."""
    weights = [weigh_required([at(name)], "own", NONE, OTHERS) for name in "cab"]

    assert weights == sorted(weights)
    assert weights[0] < weights[2]


def test_the_measure_is_bits() -> None:
    """Nobody of n others: log2 of n + 1 over a half, so that a small catalog claims little."""
    own = [see({"b": 1})]
    weights = [
        weigh_required(
            [at("b")], "own", NONE, refer({"own": own, **{str(i): [see({})] for i in range(n)}})
        )
        for n in (0, 1, 15)
    ]

    assert [round(log2((n + 2) / 0.5), 2) for n in (0, 1, 15)] == weights


def test_the_own_family_does_not_count() -> None:
    """A format's own examples, and its dialects', make its clues no weaker."""
    alone = Reference({"own": [], "x": [see({})]}, (), {"own": "own", "x": "x"})
    crowd = alone._replace(families={"own": [see({"b": 1})] * 20, "x": [see({})]})
    dialect = crowd._replace(roots={**crowd.roots, "dialect": "own"})

    assert weigh_required([at("b")], "own", NONE, alone) == weigh_required(
        [at("b")], "own", NONE, crowd
    )
    assert weigh_required([at("b")], "dialect", NONE, dialect) == weigh_required(
        [at("b")], "own", NONE, crowd
    )


def test_a_family_counts_once() -> None:
    """Twenty examples of one other format weigh as much as one."""
    one = refer({"own": [see({})], "x": [see({"a": 1})], "y": [see({})]})
    twenty = refer({"own": [see({})], "x": [see({"a": 1})] * 20, "y": [see({})]})

    assert weigh_required([at("a")], "own", NONE, one) == weigh_required(
        [at("a")], "own", NONE, twenty
    )


@given(st.lists(st.sampled_from("abcd"), min_size=1, max_size=4))
def test_longer_lists_earn_nothing(names: list[str]) -> None:
    """The same required clue once more, or one that always holds with it, changes nothing."""
    clues = [at(name) for name in names]

    assert weigh_required(clues, "own", NONE, OTHERS) == weigh_required(
        clues * 2, "own", NONE, OTHERS
    )


@given(st.sampled_from("abcd"), st.lists(st.sampled_from("abcd"), max_size=2))
def test_a_supporting_clue_never_harms(name: str, required: list[str]) -> None:
    """Its bits are from 0 to the most that one clue can add."""
    weight = weigh_one(at(name), [at(word) for word in required], "own", NONE, OTHERS)

    assert 0 <= weight <= MOST["at"]


def test_what_the_required_clues_imply_adds_little() -> None:
    """A supporting clue that holds wherever the required ones do is worth next to nothing."""
    many = refer({str(n): [see({"a": 1})] for n in range(20)})
    implied = weigh_one(at("a"), [at("a")], "own", NONE, many)
    rare = weigh_one(at("b"), [at("a")], "own", NONE, many)

    assert implied < 0.1 < rare


def test_hosts_can_add_more_than_bodies() -> None:
    """What stands outside the body is independent of it, and counts for more."""
    many = refer({str(n): [see({"a": 1}, host="example.org")] for n in range(200)})
    host = weigh_one(Clue(host="*.example.com"), [at("a")], "own", NONE, many)
    body = weigh_one(at("b"), [at("a")], "own", NONE, many)

    assert (MOST["host"], MOST["at"]) == (host, body)


def test_what_is_not_shown_is_no_match() -> None:
    """Responses without a status neither match a clue on it nor count against it."""
    silent = refer({"own": [see({})], "x": [see({})], "y": [see({})]})
    spoken = refer({"own": [see({})], "x": [see({}, status=400)], "y": [see({}, status=400)]})
    clue = Clue(status=(400,))

    assert weigh_required([clue], "own", NONE, silent) > weigh_required([clue], "own", NONE, spoken)


def test_codes_are_the_formats_own() -> None:
    """`known` asks for the codes of the format that is weighed."""
    clue = Clue(at=At("/a"), known=True)
    reference = refer({"own": [see({})], "x": [see({"a": "BUSY"})]})
    common = weigh_required([clue], "own", Codes(frozenset({"BUSY"})), reference)
    rare = weigh_required([clue], "own", Codes(frozenset({"OTHER"})), reference)

    assert common < rare


SMALL = st.recursive(
    st.sampled_from(["a", "b", "7", 1, 1.0, True, None]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("abAB7"), inner, max_size=3)
    ),
    max_leaves=5,
)
PLACES = st.sampled_from(["", "/a", "/b", "/a/b", "/*", "/a/*", "/**/b", "/0", "/7", "/A"]).map(At)
NAMES = st.lists(st.sampled_from("abA7"), max_size=2).map(tuple)
RESPONSES = st.one_of(
    st.builds(
        see,
        SMALL,
        status=st.sampled_from([None, 400, 401, 503]),
        host=st.sampled_from([None, "api.example.com", "example.com", "a1.example.org"]),
        headers=st.sampled_from([None, {}, {"x-a": "a"}, {"x-a": "b", "x-b": "a"}]),
    ),
    st.sampled_from(
        [
            Seen(read_body(Text(text), media), media_type=media)
            for text, media in (
                ("<a><b>a</b><b/><A b='7'/></a>", "application/xml"),
                ("<a xmlns='urn:a'>b</a>", "application/xml"),
                ("a=1&b=a", "application/x-www-form-urlencoded"),
                ("a", "text/plain"),
                ("", None),
            )
        ]
    ),
)


def clues(**members: st.SearchStrategy[object]) -> st.SearchStrategy[Clue]:
    """Clues with the members given."""
    return st.fixed_dictionaries(members).map(lambda made: Clue(**made))  # type: ignore[arg-type]


CLUES = st.recursive(
    st.one_of(
        clues(
            at=PLACES,
            is_=st.sampled_from([(), ("string",), ("object", "array"), ("number",), ("integer",)]),
            equals=st.sampled_from([None, None, "a", 1, True]),
            has=NAMES,
            lacks=NAMES,
            only=NAMES,
            every=st.booleans(),
            fold=st.booleans(),
            known=st.booleans(),
            namespace=st.sampled_from([None, None, "urn:a"]),
        ),
        clues(host=st.sampled_from(["*.example.com", "A?.example.org", "[ae]*", "*"])),
        clues(header=st.sampled_from(["X-A", "x-b"]), equals=st.sampled_from([None, "a"])),
        clues(status=st.sampled_from([(400,), ("4xx", 503)]), seen=st.booleans()),
        clues(media_type=st.sampled_from(["application/*", "text/plain"])),
        clues(body=st.sampled_from(["json", "xml", "text"])),
        clues(text=st.sampled_from(["^a", "b", "7"])),
    ),
    lambda part: clues(any=st.lists(part, min_size=1, max_size=3).map(tuple)),
    max_leaves=3,
)


@given(st.lists(RESPONSES, max_size=6), CLUES)
@settings(max_examples=100)
def test_a_weight_counts_who_satisfies_the_clue(responses: list[Seen], clue: Clue) -> None:
    """However few responses a clue is held against, the bits are those of asking each of them."""
    codes = Codes(frozenset("a7"))
    reference = refer({"own": [], **{str(at): [one] for at, one in enumerate(responses)}})
    count = sum(check(clue, one, codes).matched is True for one in responses)

    assert round(log2((len(responses) + 2) / (count + 0.5)), 2) == weigh_required(
        [clue], "own", codes, reference
    )
