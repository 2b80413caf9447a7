"""The law of records: they are what `typing.NamedTuple` makes of the same class."""

from __future__ import annotations

import pickle
import typing
from collections.abc import Callable

import pytest

from errdecode.model.record import NamedTuple


class Ours(NamedTuple):
    """A record of ours."""

    a: int
    b: str = "b"
    c: tuple[int, ...] = ()

    @property
    def twice(self) -> int:
        """A property."""
        return self.a * 2


class Theirs(typing.NamedTuple):
    """The same by `typing`."""

    a: int
    b: str = "b"
    c: tuple[int, ...] = ()

    @property
    def twice(self) -> int:
        """A property."""
        return self.a * 2


class Named(NamedTuple):
    """A record whose members have the names that a constructor uses itself."""

    new: int
    cls: int
    self: int = 3


class Empty(NamedTuple):
    """A record without members."""


BEHAVIOURS: dict[str, Callable[[typing.Any], object]] = {
    "positions": lambda kind: tuple(kind(1, "x", (2,))),
    "names": lambda kind: tuple(kind(c=(3,), a=1)),
    "defaults": lambda kind: (kind(1).b, kind(1).c, kind._field_defaults),
    "fields": lambda kind: (kind._fields, kind.__match_args__),
    "replace": lambda kind: tuple(kind(1)._replace(b="y")),
    "replace keeps the type": lambda kind: isinstance(kind(1)._replace(a=2), kind),
    "asdict": lambda kind: kind(1)._asdict(),
    "make": lambda kind: isinstance(kind._make([1, "x", ()]), kind),
    "repr": lambda kind: repr(kind(1)).replace(kind.__name__, "kind"),
    "equality": lambda kind: (kind(1) == kind(1), kind(1) == (1, "b", ()), hash(kind(1))),
    "property": lambda kind: kind(2).twice,
    "pickle": lambda kind: pickle.loads(pickle.dumps(kind(1))) == kind(1),
    "pickle keeps the type": lambda kind: type(pickle.loads(pickle.dumps(kind(1)))) is kind,
    "hints": typing.get_type_hints,
    "doc": lambda kind: bool(kind.__doc__),
    "module": lambda kind: kind.__module__,
    "no others": lambda kind: hasattr(kind(1), "__dict__"),
}


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_it_behaves_as_typing_has_it(name: str) -> None:
    """Every use that is made of a record gives the same."""
    behaviour = BEHAVIOURS[name]

    assert behaviour(Theirs) == behaviour(Ours)


FAULTS: dict[str, Callable[[typing.Any], object]] = {
    "too few": lambda kind: kind(),
    "too many": lambda kind: kind(1, "x", (), 4),
    "unknown": lambda kind: kind(1, d=2),
    "twice": lambda kind: kind(1, a=2),
    "unknown to replace": lambda kind: kind(1)._replace(d=2),
    "written": lambda kind: setattr(kind(1), "a", 2),
}


@pytest.mark.parametrize("name", FAULTS)
def test_it_refuses_what_typing_refuses(name: str) -> None:
    """With the same kind of exception."""
    faults = []
    for kind in (Theirs, Ours):
        with pytest.raises((TypeError, ValueError, AttributeError)) as fault:
            FAULTS[name](kind)
        faults.append(fault.type)

    assert faults[0] is faults[1]


def test_members_are_matched() -> None:
    """A record stands in a pattern with its members by position."""
    match Ours(1):
        case Ours(a, "b", ()):
            assert a == 1
        case _:
            pytest.fail("no match")

    assert Empty() == ()


def test_any_name_will_do_for_a_member() -> None:
    """Members may be called as the parts of a constructor are."""
    assert (1, 2, 3) == Named(1, cls=2) == Named(new=1, cls=2, self=3)
    assert (4, 2, 3) == Named(1, 2)._replace(new=4)
