"""Look up what a code means: the most specific entry, or all that are equally possible."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fnmatch import fnmatchcase

from errdecode.clue import LONGEST_SUBJECT, fold_code
from errdecode.format import Code, Format
from errdecode.model import JSON, Diagnostic, Explanation, Problem
from errdecode.model.record import NamedTuple
from errdecode.regex import expression

_WORTH = {
    "timeout": 32,
    "code": 16,
    "message": 8,
    "status": 4,
    "operation": 2,
    "glob": 1,
    "beside": 1,
}
"""How much a key that fits says: the order in which entries are looked up.

`glob` is an operation by its pattern.
"""


MOST_PARTS = 8
"""Parts of a code that are looked at where its beginning means something, too."""


class Asked(NamedTuple):
    """What an entry is looked up by; what is None is not known."""

    code: str | None = None
    status: int | None = None
    messages: tuple[str, ...] = ()
    operation: str | None = None
    timeout: bool = False
    beside: tuple[str, ...] = ()
    """The messages of all problems of the response."""


class Choice(NamedTuple):
    """The entry that applies, or several of which each may."""

    entry: Code | None
    alternatives: tuple[Code, ...] = ()


MOST_BESIDE = 50
"""Problems of a response that are looked at for what stands beside another."""


def read_beside(problems: Sequence[Problem]) -> tuple[str, ...]:
    """The messages of a response's problems."""
    said = (text for one in problems[:MOST_BESIDE] for text in (one.detail, one.title) if text)
    return tuple(dict.fromkeys(said))


def ask(
    problem: Problem, status: int | None, operation: str | None, beside: tuple[str, ...] = ()
) -> Asked:
    """What is known of a problem: its own status and operation before any other."""
    messages = tuple(text for text in (problem.detail, problem.title) if text)
    own = problem.status if problem.status is not None else status
    return Asked(problem.code, own, messages, problem.operation or operation, beside=beside)


def choose(format: Format, asked: Asked) -> Choice:
    """Choose the entry whose keys fit best.

    A key that contradicts rules an entry out; one that the problem does not bear leaves it open
    (an operation does not: entries for single operations are for those alone). Of the entries with
    the most said in their favour, those without an open key come first; several such are equally
    possible. A code in parts that has no entry is looked up by what it begins with.
    """
    asked = asked._replace(code=_documented(format, asked.code))
    rated = [
        (rate, entry) for entry in format.codes if (rate := _rate(entry, asked, format.fold_codes))
    ]
    if not rated:
        return Choice(None)
    most = max(rate for rate, _ in rated)
    best = _most_particular([entry for rate, entry in rated if rate == most])
    if len(best) == 1:
        return Choice(best[0])
    return Choice(None, tuple(best))


def _most_particular(entries: list[Code]) -> list[Code]:
    """Of messages that a text fits equally those word for word, if there are any."""
    templates = [_PLACEHOLDER.search(one.message) for one in entries if one.message is not None]
    if len(templates) < len(entries) or all(templates):
        return entries
    return [one for one, template in zip(entries, templates, strict=True) if not template]


def _documented(format: Format, code: str | None) -> str | None:
    """The longest beginning of a code that has an entry, in whole parts; else the code itself."""
    if code is None or format.code_separator is None:
        return code
    known = {entry.code: fold_code(entry.code) for entry in format.codes if entry.code is not None}
    for one in broader_codes(format, code):
        if one in known or (format.fold_codes and fold_code(one) in known.values()):
            return one
    return code


def broader_codes(format: Format, code: str) -> list[str]:
    """A code, then those that its format documents as more general ones, the longest first."""
    codes, separator = [code], format.code_separator
    while separator and separator in codes[-1] and len(codes) < MOST_PARTS:
        codes.append(codes[-1].rpartition(separator)[0])
    return codes


def _rate(entry: Code, asked: Asked, fold: bool) -> tuple[int, bool] | None:
    """How well an entry fits: what its keys say, and whether none is open; None if not at all."""
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
        keys.append(
            ("code", None if asked.code is None else _same_code(entry.code, asked.code, fold))
        )
    if entry.status is not None:
        keys.append(("status", None if asked.status is None else entry.status == asked.status))
    if entry.message is not None:
        same = any(same_message(entry.message, text) for text in asked.messages)
        known_code = entry.code is not None and asked.code is not None
        # The wording of a message is not promised: with the right code, another leaves it open.
        keys.append(
            ("message", True if same else None if known_code or not asked.messages else False)
        )
    if entry.operation is not None:
        operation = asked.operation
        fits = operation is not None and fnmatchcase(
            operation.casefold(), entry.operation.casefold()
        )
        exact = fits and asked.operation is not None and "*" not in entry.operation
        keys.append(("operation" if exact else "glob", fits))
    if entry.beside is not None:
        keys.append(("beside", any(same_message(entry.beside, text) for text in asked.beside)))
    return keys


def _same_code(one: str, other: str, fold: bool) -> bool:
    return fold_code(one) == fold_code(other) if fold else one == other


def same_message(wanted: str, text: str) -> bool:
    """Whether a text is a catalog's message; case, blanks and a final full stop do not count."""
    return match_template(wanted, text) is not None


_templates: dict[str, tuple[re.Pattern[str], ...]] = {}
_PLACEHOLDER = expression(r"%s|\{\d\}")


def match_template(template: str, text: str) -> list[str] | None:
    """Match a text with a message in which `%s` or `{0}` stand for anything: what stands for them.

    None when it does not match. Blanks are compared as single ones. Linear: between placeholders
    the first place that fits is taken, and the last part has to be the end.
    """
    if len(text) > LONGEST_SUBJECT:
        return None
    subject = _plain(text)
    first, *others = _parts_of(template)
    found = first.match(subject)
    values: list[str] = []
    for part in others:
        if found is None:
            return None
        begin = found.end()
        found = part.search(subject, begin)
        values.append(subject[begin : found.start()] if found else "")
    return values if found else None


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(".")


def _parts_of(template: str) -> tuple[re.Pattern[str], ...]:
    """What stands between a template's placeholders, as expressions; remembered."""
    if template not in _templates:
        *parts, last = _PLACEHOLDER.split(" ".join(template.split()).rstrip("."))
        patterns = [*map(re.escape, parts), re.escape(last) + r"\Z"]
        _templates[template] = tuple(re.compile(part, re.IGNORECASE) for part in patterns)
    return _templates[template]


# ---------------------------------------------------------------- from entry to explanation


def explanation_of(entry: Code, format: Format, problem: Problem) -> Explanation:
    """Put an entry into words for one problem: its template filled, its cross references added."""
    filled = fill(entry.template, problem) if entry.template else ""
    return Explanation(
        filled if filled.strip("…") else entry.title,  # a bare `%s` without a message says nothing
        entry.meaning,
        tuple(entry.remedies),
        entry.actor or format.defaults.actor,
        entry.documentation or format.defaults.documentation or format.documentation,
        _source(format, entry),
        tuple(_refer(format, code) for code in entry.see_also),
        entry.as_status,
        _is_general(format, entry),
    )


def _is_general(format: Format, entry: Code) -> bool:
    """Whether an entry is a standard's or a framework's, and of a status alone."""
    keys = (entry.code, entry.message, entry.operation, entry.beside)
    bare = entry.status is not None and not any(keys)
    return bare and format.kind in ("standard", "framework")


def _source(format: Format, entry: Code) -> str:
    if format.kind == "knowledge":
        return "http-status"
    return "operation" if entry.operation is not None else "catalog"


def _refer(format: Format, code: str) -> str:
    """Another code of the format, with its meaning."""
    other = next((entry for entry in format.codes if entry.code == code), None)
    return f"{code}: {other.meaning}" if other else code


def fill(template: str, problem: Problem) -> str:
    """Fill a provider's template from the message where it matches, else from other members.

    A placeholder behind a word such as "Attribute" takes the member whose name begins with it
    (attributeName), any other the context. What cannot be filled reads `…`. Never by `%` or
    `.format`: the values may hold percent signs and braces.
    """
    parts = _PLACEHOLDER.split(template)
    values = match_template(template, problem.detail or "")
    text = parts[0]
    for number, part in enumerate(parts[1:]):
        text += (values[number] if values else _member_for(parts[number], problem)) or "…"
        text += part
    return text


def _member_for(before: str, problem: Problem) -> str | None:
    """The member that a placeholder behind these words means."""
    words = re.findall(r"\w+", before)
    word = words[-1].casefold() if words else ""
    for name, value in problem.extensions.items():
        if word and name.casefold().startswith(word) and _is_text(value):
            return str(value)
    context = problem.extensions.get("context")
    return str(context) if _is_text(context) else None


def _is_text(value: JSON) -> bool:
    return isinstance(value, str | int | float) and value != "" and not isinstance(value, bool)


FAILED_DEPENDENCY = 424
"""The status of what failed because something else did (RFC 4918, section 11.4)."""
_DEEPEST = 16
"""Tokens of an origin that tell what stands around it."""


def give_roles(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Tie each consequence to a cause, or at least to what is none.

    Of several it is the nearest: the first one in the innermost part of the response that holds
    both. A failed dependency is a consequence when there is another cause.
    """
    given = _find_dependencies(diagnostics)
    roles = {diagnostic.problem.role for diagnostic in given}
    wanted = "cause" if "cause" in roles else "harmless"
    nearest: dict[str, int] = {}
    for index, diagnostic in enumerate(given):
        if diagnostic.problem.role == wanted:
            for place in _around(diagnostic.problem.origin):
                nearest.setdefault(place, index)
    return [_tie(diagnostic, nearest) for diagnostic in given]


def _find_dependencies(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Make consequences of those causes whose own status says that something else failed."""
    causes = [d.problem for d in diagnostics if d.problem.role == "cause"]
    if all(problem.status == FAILED_DEPENDENCY for problem in causes):
        return list(diagnostics)
    return [
        d._replace(problem=d.problem._replace(role="consequence"))
        if d.problem.status == FAILED_DEPENDENCY and d.problem.role == "cause"
        else d
        for d in diagnostics
    ]


def _tie(diagnostic: Diagnostic, nearest: dict[str, int]) -> Diagnostic:
    if diagnostic.problem.role != "consequence":
        return diagnostic
    places = reversed(_around(diagnostic.problem.origin))
    cause = next((nearest[place] for place in places if place in nearest), None)
    return diagnostic._replace(problem=diagnostic.problem._replace(caused_by=cause))


def _around(origin: str) -> list[str]:
    """A place in the response and all that it stands in, from the root inwards."""
    tokens = origin.split("/")[: _DEEPEST + 1]
    return ["/".join(tokens[: size + 1]) for size in range(len(tokens))]
