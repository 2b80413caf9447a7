"""Named tuples that are cheap to define.

`typing.NamedTuple` compiles every annotation: of the eighty types that a start defines, that took a
fifth of its time. To a type checker they are `typing.NamedTuple`, and they behave as such.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple
else:
    from _collections import _tuplegetter  # with it `collections.namedtuple` reads members

    class _Definition(type):
        """Turns the annotated names of a class into members of a tuple."""

        def __new__(cls, name, bases, namespace):
            if tuple in bases:
                return super().__new__(cls, name, bases, namespace)
            fields = tuple(namespace.get("__annotations__", ()))
            defaults = {field: namespace[field] for field in fields if field in namespace}
            names = "".join(f"{field}, " for field in fields)
            make = f"lambda _cls, {names}: _new(_cls, ({names}))"  # no member begins with `_`
            new = eval(make, {"_new": tuple.__new__})  # noqa: S307  # the names are our own
            new.__defaults__ = tuple(defaults.values())
            members = {field: _tuplegetter(at, None) for at, field in enumerate(fields)}
            facts = {"_fields": fields, "_field_defaults": defaults, "__match_args__": fields}
            made = {**namespace, **members, **facts, "__new__": new, "__slots__": ()}
            return super().__new__(cls, name, bases, made)

    class NamedTuple(tuple, metaclass=_Definition):
        """What all of them can do: the methods of `collections.namedtuple`."""

        __slots__ = ()

        @classmethod
        def _make(cls, values):
            return tuple.__new__(cls, values)

        def _replace(self, **changes):
            made = tuple.__new__(type(self), map(changes.pop, self._fields, self))
            if changes:
                raise ValueError(f"{type(self).__name__} has no member {', '.join(changes)}")
            return made

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):
            members = (f"{name}={value!r}" for name, value in self._asdict().items())
            return f"{type(self).__name__}({', '.join(members)})"

        def __getnewargs__(self):
            return tuple(self)


__all__ = ["NamedTuple"]
