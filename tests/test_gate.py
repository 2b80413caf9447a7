"""The law of gates: they ask for no more than the clues behind them, and mostly for enough."""

from __future__ import annotations

import json

import pytest
from responses import seen_of

from errdecode.body import read_body
from errdecode.catalog import open_catalog
from errdecode.catalog.index import built_in_folder
from errdecode.clue import Seen, check, see
from errdecode.clue.gate import LEAST, Gate, gate_of, glance, opens, pack_gate, unpack_gate
from errdecode.compile import load_folder
from errdecode.example import content_type, exchange_of
from errdecode.format import At, Clue, Regex
from errdecode.model import Text


@pytest.mark.parametrize(
    ("clue", "signs"),
    [
        (Clue(at=At("/Fault")), {"fault"}),
        (Clue(at=At("/Fault/id")), {"fault/id"}),
        (Clue(at=At("/Fault/id/of")), {"fault/id"}),
        (Clue(at=At("/a~1b/~0c")), {"a/b/~c"}),
        (Clue(at=At("/errors/*/code")), {"errors/*/code"}),
        (Clue(at=At("/errors/0/code")), {"errors/*/code"}),
        (Clue(at=At("/errors/*/*/code")), {"errors"}),
        (Clue(at=At("/0/code")), {"*/code"}),
        (Clue(at=At("/*/code")), {"*/code"}),
        (Clue(at=At("/*/*/code")), set()),
        (Clue(at=At("/a/**/code")), {"a"}),
        (Clue(at=At("/**/code")), set()),
        (Clue(at=At("/error"), is_=("string",)), {"error=string"}),
        (Clue(at=At("/error"), is_=("string", "null")), {"error"}),
        (Clue(at=At("/error"), matches=Regex("^[A-Z]+$")), {"error=scalar"}),
        (Clue(at=At("/error"), in_=(400, "400")), {"error=scalar"}),
        (Clue(at=At(""), is_=("array",)), {"=array"}),
        (Clue(at=At(""), has=("a", "B")), {"a", "b"}),
        (Clue(at=At("/errors/*"), has=("a",)), {"errors/*/a"}),
        (Clue(at=At("#")), set()),
        (Clue(at=At("")), set()),
        (Clue(status=(400,)), set()),
    ],
)
def test_signs_of_a_clue(clue: Clue, signs: set[str]) -> None:
    """A place asks for as much of itself as a glance shows, in folded case."""
    assert tuple(sorted(signs)) == gate_of([clue]).signs


@pytest.mark.parametrize(
    ("matches", "asked"),
    [("^no such user", (("no such user",),)), (r"^12345\.678$", ()), ("^20251123$", ())],
)
def test_a_number_asks_for_no_digits(matches: str, asked: tuple[str, ...]) -> None:
    """A number is the same however it is written (RFC 8259, section 6); words are as they are."""
    assert asked == gate_of([Clue(at=At("/error"), matches=Regex(matches))]).said


def test_a_choice_asks_for_one_of_its_names() -> None:
    """Places inside `any` need not all be there; where one needs no name, nothing is asked."""
    a, b = Clue(at=At("/a")), Clue(at=At("/b"))

    assert opens(gate_of([Clue(any=(a, b))]), glance(seen_of({"b": 1})))
    assert not opens(gate_of([Clue(any=(a, b))]), glance(seen_of({"c": 1})))
    assert () == gate_of([Clue(any=(a, Clue(status=(400,))))]).either


def test_a_field_is_asked_for_where_there_is_a_head() -> None:
    """A capture without a head leaves the gate open."""
    gate = gate_of([Clue(header="X-Acme"), Clue(at=At(""))], 5.0)

    assert [True, True, False] == [
        opens(gate, glance(seen_of({}, headers=headers))) for headers in (None, {"x-acme": "1"}, {})
    ]


def test_parts_that_must_be_shown() -> None:
    """A head without content proves nothing; a clue that must be seen fails where it is not."""
    host, field = Clue(host="*.example.com"), Clue(header="X")
    content = Clue(at=At("/a"))

    assert (("host",), ("status",)) == gate_of([host, Clue(status=(400,))]).parts
    assert (("host",),) == gate_of([host, content]).parts
    assert () == gate_of([host, content], 5.0).parts
    assert (("host",),) == gate_of([host._replace(seen=True), content], 5.0).parts
    assert (("header", "host"),) == gate_of([Clue(any=(host, field))]).parts
    assert () == gate_of([Clue(any=(host, content))]).parts
    assert [False, True] == [
        opens(gate_of([field]), glance(seen_of({}, headers=headers)))
        for headers in (None, {"x": "1"})
    ]


def test_a_word_is_looked_for_in_the_text() -> None:
    """A text that an expression cannot do without is looked for first, in any case."""
    gate = gate_of([Clue(text=Regex("(?i)<h1>Guru Meditation:?</h1>"))])

    assert (("<h1>guru meditation",),) == gate.words
    assert opens(gate, glance(Seen(read_body(Text("<H1>GURU Meditation</H1>")))))
    assert not opens(gate, glance(Seen(read_body(Text("<h1>Hello</h1>")))))


def test_a_word_of_a_choice_is_looked_for_in_the_text() -> None:
    """Of expressions of which one must match, each has its word; one without leaves it open."""
    berth, pier, digits = (Clue(text=Regex(text)) for text in ("Berth \\d", "Pier \\d", "\\d"))

    assert (("berth ", "pier "),) == gate_of([Clue(any=(berth, pier))]).words
    assert () == gate_of([Clue(any=(berth, digits))]).words
    assert () == gate_of([Clue(any=(berth, Clue(header="a")))]).words


def test_what_a_string_must_say_is_looked_for_in_the_text() -> None:
    """It stands there as it is, unless the text escapes what it need not, or is repaired."""
    clue = Clue(at=At("/message"), matches=Regex("^(?:No berth: \\S|Nowhere)"))
    gate = gate_of([clue])

    assert (("no berth: ", "nowhere"),) == gate.said
    for text, opened in (
        ('{"message": "NO BERTH: 7"}', True),
        ('{"message": "No boat"}', False),
        ('{"message": "N\\u006f berth: 7"}', True),
        ("{'message': 'No' 'where'}", True),
        ("<message>No boat</message>", True),
    ):
        assert opened is opens(gate, glance(Seen(read_body(Text(text))))), text
    assert () == gate_of([Clue(at=At("/a"), matches=Regex("^\\d+$|Nowhere"))]).said
    assert () == gate_of([Clue(header="a", matches=Regex("Nowhere"))]).said


def test_other_members_than_all_it_may_have() -> None:
    """What may have no other members opens for none that has one, in whatever letter case."""
    gate = gate_of(
        [Clue(at=At(""), has=("a",), only=("a", "b", "c")), Clue(at=At(""), only=("A", "b"))]
    )

    assert [True, True, False] == [
        opens(gate, glance(seen_of(body)))
        for body in ({"a": 1}, {"A": 1, "B": 2}, {"a": 1, "c": 2})
    ]


def test_it_comes_back_out_of_the_index() -> None:
    """What is packed is what is unpacked."""
    a, choice = Clue(at=At("/a")), Clue(any=(Clue(at=At("/b")),))
    clues = [a, choice, Clue(header="X"), Clue(body="xml"), Clue(text=Regex("word"))]
    gate = gate_of([*clues, Clue(at=At(""), only=("a", "B"))])
    parts = (("header",),)
    expected = Gate(("a",), (("b",),), ("xml",), ("x",), (("word",),), parts, ("a", "b"), ())

    assert expected == gate
    assert json.loads(json.dumps(gate)) == [*unpack_gate(json.loads(json.dumps(pack_gate(gate))))]


def test_no_gate_closes_on_what_its_clues_hold_for() -> None:
    """For every format's first example and every shape: if the required clues hold and are worth
    anything there, it opens."""
    from pathlib import Path

    loaded, _ = load_folder(Path(built_in_folder()))
    shapes = list(open_catalog().all_shapes())
    gates = [gate_of(shape.required, shape.body_weight) for shape in shapes]
    closed = []
    for one in loaded:
        for example in one.format.examples[:1]:
            exchange = exchange_of(example)
            text = exchange.response.body if exchange.response else None
            seen = see(exchange, read_body(text or Text(""), content_type(exchange)))
            shown = glance(seen)
            for shape, gate in zip(shapes, gates, strict=True):
                if opens(gate, shown):
                    continue
                answers = [check(clue, seen, shape.codes).matched for clue in shape.required]
                if all(answers) or (shape.body_weight >= LEAST and False not in answers):
                    closed.append((shape.format, shape.name, one.format.id, example.name))

    assert [] == closed
