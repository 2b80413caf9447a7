"""The law of gates: they ask for no more than the clues behind them, and mostly for enough."""

from __future__ import annotations

import json

import pytest

from errdecode.body import read_body
from errdecode.catalog import open_catalog
from errdecode.clue import Seen, check, see
from errdecode.compile import load_folder
from errdecode.example import content_type, exchange_of
from errdecode.format import At, Clue
from errdecode.gate import Gate, gate_of, glance, opens, pack_gate, unpack_gate
from errdecode.index import built_in_folder
from errdecode.model import JSON, Text


def seen_of(value: JSON, headers: dict[str, str] | None = None) -> Seen:
    """A response with a JSON body."""
    return Seen(read_body(Text(json.dumps(value))), headers=headers)


@pytest.mark.parametrize(
    ("at", "names"),
    [
        ("/Fault/id", {"fault"}),
        ("/a~1b/~0c", {"a/b"}),
        ("#/a", {"a"}),
        ("/0/code", set()),
        ("/*/code", set()),
        ("#", set()),
        ("", set()),
    ],
)
def test_names_at_the_top(at: str, names: set[str]) -> None:
    """A place asks for the name it begins with, in folded case; an index or a pattern is none."""
    assert names == gate_of([Clue(at=At(at))]).names


def test_a_choice_asks_for_one_of_its_names() -> None:
    """Places inside `any` need not all be there; where one needs no name, nothing is asked."""
    a, b = Clue(at=At("/a")), Clue(at=At("/b"))

    assert opens(gate_of([Clue(any=(a, b))]), glance(seen_of({"b": 1})))
    assert not opens(gate_of([Clue(any=(a, b))]), glance(seen_of({"c": 1})))
    assert () == gate_of([Clue(any=(a, Clue(status=(400,))))]).either


def test_a_field_is_asked_for_where_there_is_a_head() -> None:
    """A capture without a head leaves the gate open."""
    gate = gate_of([Clue(header="X-Acme")])

    assert [True, True, False] == [
        opens(gate, glance(seen_of({}, headers))) for headers in (None, {"x-acme": "1"}, {})
    ]


def test_it_comes_back_out_of_the_index() -> None:
    """What is packed is what is unpacked."""
    gate = gate_of(
        [Clue(at=At("/a")), Clue(any=(Clue(at=At("/b")),)), Clue(header="X"), Clue(body="xml")]
    )

    assert gate == unpack_gate(*json.loads(json.dumps(pack_gate(gate))))
    assert Gate(frozenset("a"), (frozenset("b"),), frozenset(["xml"]), frozenset("x")) == gate


def test_no_gate_closes_on_what_its_clues_hold_for() -> None:
    """For every example of the catalog and every shape: if the required clues hold, it opens."""
    from pathlib import Path

    loaded, _ = load_folder(Path(built_in_folder()))
    shapes = list(open_catalog().all_shapes())
    gates = [gate_of(shape.required) for shape in shapes]
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
                if all(
                    check(clue, seen, shape.codes).matched is not False for clue in shape.required
                ):
                    closed.append((shape.format, shape.name, one.format.id, example.name))

    assert [] == closed
