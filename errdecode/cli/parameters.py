"""Typer's parameters, made of the tables of options."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeVar

import typer

from errdecode.cli.options import OPTIONS, Option

_Run = TypeVar("_Run", bound=Callable[..., None])
_KINDS: dict[str, Any] = {
    "text": (str | None, None),
    "integer": (int | None, None),
    "flag": (bool, False),
    "count": (int, 0),
}
"""The type and the default of each kind of option; choices have their own."""


def with_options(*names: str, more: tuple[Option, ...] = ()) -> Callable[[_Run], _Run]:
    """Give a function the options of the table, or those named, in place of its `**options`; and
    `more`."""

    def change(run: Any) -> Any:
        own = inspect.signature(run, eval_str=True).parameters
        parameters = [p for name, p in own.items() if name != "options"]
        taken = [one for one in OPTIONS if not names or one.name in names]
        both: list[Option] = [*more, *taken]
        parameters += [_parameter(one) for one in both]
        run.__signature__ = inspect.Signature(parameters)
        run.__annotations__ = {p.name: p.annotation for p in parameters}
        return run

    return change


def _parameter(option: Option) -> inspect.Parameter:
    """One option of the table as a parameter of a function."""
    type_, default = _KINDS.get(option.kind, (None, None))
    if option.choices:
        type_ = Literal[option.choices] | None
    annotation: Any = Annotated[type_, _typer_option(option)]
    kind = inspect.Parameter.KEYWORD_ONLY
    return inspect.Parameter(option.name, kind, default=default, annotation=annotation)


def _typer_option(option: Option) -> Any:
    """One option of the table as Typer writes it."""
    words: dict[str, Any] = {"help": option.help, "metavar": option.metavar, "show_default": False}
    if option.kind == "count":
        words["count"] = True
    return typer.Option(*option.flags, **words)
