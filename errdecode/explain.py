"""Look up what a code means: the most specific entry of the catalog, or all that are equally possible."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple

from errdecode.clue import fold_code
from errdecode.format import Code, Format
from errdecode.model import Diagnostic, Explanation, Problem

_WORTH = {"timeout": 32, "code": 16, "message": 8, "status": 4, "operation": 2, "glob": 1}
"""How much a key that fits says: the order in which entries are looked up. `glob` is an operation by its pattern."""


class Asked(NamedTuple):
    """What an entry is looked up by; what is None is not known."""

    code: str | None = None
    status: int | None = None
    messages: tuple[str, ...] = ()
    operation: str | None = None
    timeout: bool = False


class Choice(NamedTuple):
    """The entry that applies, or several of which each may."""

    entry: Code | None
    alternatives: tuple[Code, ...] = ()


def ask(problem: Problem, status: int | None, operation: str | None) -> Asked:
    """What is known of a problem: its own status and operation before the response's and the user's."""
    messages = tuple(text for text in (problem.detail, problem.title) if text)
    own = problem.status if problem.status is not None else status
    return Asked(problem.code, own, messages, problem.operation or operation)


def choose(format: Format, asked: Asked) -> Choice:
    """Choose the entry whose keys fit best.

    A key that contradicts rules an entry out; one that the problem does not bear leaves it open. Of the entries with
    the most said in their favour, those without an open key come first; several such are equally possible.
    """
    rated = [(rate, entry) for entry in format.codes if (rate := _rate(entry, asked, format.fold_codes))]
    if not rated:
        return Choice(None)
    most = max(rate for rate, _ in rated)
    best = [entry for rate, entry in rated if rate == most]
    if len(best) == 1:
        return Choice(best[0])
    return Choice(None, tuple(best))


def _rate(entry: Code, asked: Asked, fold: bool) -> tuple[int, bool] | None:
    """How well an entry fits: what its keys say, and whether none is open; None when one contradicts."""
    if entry.timeout != asked.timeout:
        return None
    worth, open_keys = (_WORTH["timeout"] if entry.timeout else 0), False
    for key, fits in _keys(entry, asked, fold):
        if fits is False:
            return None
        if fits:
            worth += _WORTH[key]
        else:
            open_keys = True
    if open_keys and not worth:
        return None
    return worth, not open_keys


def _keys(entry: Code, asked: Asked, fold: bool) -> list[tuple[str, bool | None]]:
    """Each key the entry has, and whether it fits: yes, no, or not known."""
    keys: list[tuple[str, bool | None]] = []
    if entry.code is not None:
        keys.append(("code", None if asked.code is None else _same_code(entry.code, asked.code, fold)))
    if entry.status is not None:
        keys.append(("status", None if asked.status is None else entry.status == asked.status))
    if entry.message is not None:
        same = any(same_message(entry.message, text) for text in asked.messages)
        known_code = entry.code is not None and asked.code is not None
        # The wording of a message is not promised: with the right code, another one leaves the entry open.
        keys.append(("message", True if same else None if known_code or not asked.messages else False))
    if entry.operation is not None:
        operation = asked.operation
        fits = operation is not None and fnmatchcase(operation.casefold(), entry.operation.casefold())
        exact = fits and asked.operation is not None and "*" not in entry.operation
        keys.append(("operation" if exact else "glob", fits))
    return keys


def _same_code(one: str, other: str, fold: bool) -> bool:
    return fold_code(one) == fold_code(other) if fold else one == other


def same_message(wanted: str, text: str) -> bool:
    """Whether a text is a catalog's message, without regard to case, blanks and a final full stop."""
    return template_pattern(wanted).fullmatch(_plain(text)) is not None


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(".").casefold()


_templates: dict[str, re.Pattern[str]] = {}
_PLACEHOLDER = re.compile(r"%s|\{\d\}")


def template_pattern(template: str) -> re.Pattern[str]:
    """A message with `%s` or `{0}` in it as an expression over plain text; each placeholder is a group."""
    if template not in _templates:
        parts = [re.escape(_keep_blanks(part)) for part in _PLACEHOLDER.split(template.rstrip("."))]
        _templates[template] = re.compile("(.*?)".join(parts), re.DOTALL)
    return _templates[template]


def _keep_blanks(part: str) -> str:
    return re.sub(r"\s+", " ", part).casefold()


# ---------------------------------------------------------------- from entry to explanation


def explanation_of(entry: Code, format: Format, problem: Problem) -> Explanation:
    """Put an entry into words for one problem: its template filled, its cross references added."""
    title = fill(entry.template, problem) if entry.template else entry.title
    return Explanation(
        title or entry.title,
        entry.meaning,
        tuple(entry.remedies),
        entry.actor or format.defaults.actor,
        entry.documentation or format.defaults.documentation or format.documentation,
        _source(format, entry),
        tuple(_refer(format, code) for code in entry.see_also),
    )


def _source(format: Format, entry: Code) -> str:
    if format.kind == "knowledge":
        return "http-status"
    return "operation" if entry.operation is not None else "catalog"


def _refer(format: Format, code: str) -> str:
    """Another code of the format, with its meaning."""
    other = next((entry for entry in format.codes if entry.code == code), None)
    return f"{code}: {other.meaning}" if other else code


def fill(template: str, problem: Problem) -> str:
    """Fill a provider's template from the message where it matches, else from the item's other members.

    A placeholder behind a word such as "Attribute" takes the member whose name begins with it (attributeName), any other
    the context. What cannot be filled reads `…`. Never by `%` or `.format`: the values may hold percent signs and braces.
    """
    parts = _PLACEHOLDER.split(template)
    values = _values_in_message(template, problem.detail or "")
    text = parts[0]
    for number, part in enumerate(parts[1:]):
        text += (values[number] if values else _member_for(text, problem) or "…") + part
    return text


def _values_in_message(template: str, message: str) -> list[str]:
    parts = [re.escape(part) for part in _PLACEHOLDER.split(template.rstrip("."))]
    match = re.fullmatch("(.*?)".join(parts), message.rstrip("."), re.DOTALL | re.IGNORECASE)
    return list(match.groups()) if match else []


def _member_for(before: str, problem: Problem) -> str | None:
    word = re.sub(r"\W+$", "", before).rpartition(" ")[2].casefold()
    for name, value in problem.extensions.items():
        if word and name.casefold().startswith(word) and value not in (None, ""):
            return str(value)
    context = problem.extensions.get("context")
    return str(context) if context else None


def give_roles(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Tie consequences to the first problem that is a cause, or at least is none of them."""
    roles = [d.problem.role for d in diagnostics]
    first = next((roles.index(role) for role in ("cause", "harmless") if role in roles), None)
    return [
        d._replace(problem=d.problem._replace(caused_by=first)) if d.problem.role == "consequence" else d
        for d in diagnostics
    ]
