"""What an answer says of all problems with one root cause: what they share once, and the places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from errdecode.model import Diagnostic, Group, Problem, Report
from errdecode.model.record import NamedTuple
from errdecode.render import View
from errdecode.render.brevity import shorten, shorten_section
from errdecode.render.frame import Plan, label_of
from errdecode.render.section import Section
from errdecode.render.sections import advice, headline, said, sections
from errdecode.render.where import as_written, where

MOST_PLACES = 3
"""Places of one cause that are shown, unless the reader asks for more."""


class Cause(NamedTuple):
    """A group of problems, which an answer shows as one."""

    group: Group
    members: tuple[Diagnostic, ...]
    follows: tuple[Diagnostic, ...] = ()
    """What only follows from them, and goes away with them."""

    @property
    def first(self) -> Diagnostic:
        """The one that stands for all."""
        return self.members[0]


def causes_of(report: Report) -> list[Cause]:
    """The root causes in the order of fixing them, each with what is folded under it."""
    return [cause for cause in all_causes(report) if cause.group.caused_by is None]


def all_causes(report: Report) -> list[Cause]:
    """The groups of a report, consequences too; in one without groups each problem is one."""
    known = report.diagnostics
    groups = report.groups
    if sum(len(group.problems) for group in groups) != len(known):
        groups = tuple(
            Group((index,), diagnostic.problem.pointer, origin=diagnostic.problem.origin)
            for index, diagnostic in enumerate(known)
        )
    return [
        Cause(
            group,
            tuple(known[index] for index in group.problems),
            tuple(known[index] for index in group.consequences),
        )
        for group in groups
    ]


def is_under(cause: Cause, other: Cause) -> bool:
    """Whether a group of consequences follows from another cause."""
    follows = other.group.consequences
    return cause.group.caused_by is not None and cause.group.problems[0] in follows


def causes_shown(report: Report, view: View) -> list[Cause]:
    """The causes; for a reader who asks for more also the consequences, each after its cause."""
    return all_causes(report) if view.verbose else causes_of(report)


def marked(causes: Iterable[Cause], view: View) -> list[Diagnostic]:
    """The problems whose places are shown, for a plan of their frames."""
    most = None if view.verbose else MOST_PLACES
    return [diagnostic for cause in causes for diagnostic in cause.members[:most]]


def cause_sections(report: Report, cause: Cause, view: View, plan: Plan) -> list[Section]:
    """The parts of one cause, in the order of every answer."""
    parts = [Section("cause", (_why_first(report, cause),))] if cause.group.fix_first else []
    if len(cause.members) == 1:
        parts += sections(report, cause.first, view, plan)
    else:
        parts += [*_where(cause, view, plan), *_said(report, cause, view)]
        parts += advice(report, cause.first)
    return [shorten_section(part, view.verbose) for part in parts]


def brief_sections(report: Report, cause: Cause, view: View, plan: Plan) -> list[Section]:
    """A line for where the problems of a cause are, and one for what the server said of them."""
    if len(cause.members) == 1:
        parts = where(cause.first, view, plan)[:1]
        words = _words(report, cause, cause.first, view, framed=False)
        detail = cause.first.problem.detail  # says more of this very problem than a title does
        words = [line for line in words if line == detail] or words[:1]
        parts += [Section("said", tuple(words), "quote")] if words else []
    else:
        parts = [next(_where(cause, view, plan)), *_said(report, cause, view, framed=False)]
    brief = [Section(part.label, part.lines[:1], part.kind) for part in parts]
    return [shorten_section(part, view.verbose) for part in brief]


def count_line(cause: Cause) -> str:
    """How many have the problem, and where: `412 of 500: /items/*/currency`."""
    group = cause.group
    if group.items is not None and group.total is not None and group.total > 1:
        count = f"{group.items} of {group.total}"
    else:
        count = f"{len(cause.members)} times"
    return f"{'at least ' * group.at_least}{count}: {shorten(pattern_of(cause))}"


def pattern_of(cause: Cause) -> str:
    """The place of all problems of a cause, with `*` for the indices in which they differ."""
    group, problem = cause.group, cause.first.problem
    if group.pointer is not None:
        locations = (one for one in cause.first.locations if one.document == "request.body")
        location = next(locations, None)
        written = as_written(problem, location, group.pointer) if location else group.pointer
        return written or "the whole body"
    named = problem.parameter or problem.header
    if named:
        return named
    if group.response_pointer is not None:
        return f"the response's {group.response_pointer}"
    return f"the response's {group.origin}" if group.origin else "the response"


def follow_line(cause: Cause) -> str | None:
    """One line for all that only follows from a cause."""
    if not cause.follows:
        return None
    count = f"{len(cause.follows)} more follow" + ("s" if len(cause.follows) == 1 else "")
    origin = cause.group.origin or "the first"
    if len(cause.members) > 1:
        origin = "these"
    if cause.group.shared:
        origin = f"{'these' if len(cause.members) > 1 else 'this one'} and from others"
    codes = dict.fromkeys(_name_of(d.problem) for d in cause.follows)
    return f"{count} from {origin} ({', '.join(list(codes)[:MOST_PLACES])})"


def _name_of(problem: Problem) -> str:
    return problem.code or (str(problem.status) if problem.status else problem.role)


def _why_first(report: Report, cause: Cause) -> str:
    """Why a cause comes before the others."""
    count, all_ = len(cause.members), len(report.diagnostics)
    reasons = []
    if count > 1 or not cause.follows or cause.group.shared:
        reasons.append(f"{count} of the {all_} problems are this one")
    if cause.follows and not cause.group.shared:
        more = len(cause.follows)
        reasons.append(f"{more} other{'s follow' if more > 1 else ' follows'} from it")
    return f"fix this first: {', and '.join(reasons)}"


def _where(cause: Cause, view: View, plan: Plan) -> Iterator[Section]:
    """The pattern of the places, the first of them in frames, and how many there are besides."""
    most = len(cause.members) if view.verbose else MOST_PLACES
    found = [one for each in cause.members[:most] for one in where(each, view, plan)]
    if view.verbose:
        yield Section("where", (count_line(cause),))
        yield from found
        return
    framed = [one for one in found if one.frame]
    frame = framed[0].frame if framed else None
    yield Section("where", (count_line(cause),), "frame", frame)
    yield from framed[1:]
    rest = cause.members[most:]
    if rest:
        noun = "place" if len(rest) == 1 else "places"
        places = (place_of(cause, diagnostic) for diagnostic in rest)
        yield Section("where", (f"and {len(rest)} more {noun}", *places), "places")


def place_of(cause: Cause, diagnostic: Diagnostic) -> str:
    """The place of one of several problems: the pointer that tells it from the others."""
    group, problem = cause.group, diagnostic.problem
    if group.pointer is not None and "*" in group.pointer.split("/"):
        return problem.pointer or ""
    return f"the response's {problem.response_pointer or problem.origin}"


def _said(report: Report, cause: Cause, view: View, *, framed: bool = True) -> Iterator[Section]:
    """The server's words: once what it says of all, with its place what it says of one."""
    most = len(cause.members) if view.verbose else MOST_PLACES
    words = [_words(report, cause, one, view, framed=framed) for one in cause.members]
    shared = [line for line in words[0] if all(line in others for others in words[1:])]
    lines = list(shared)
    for diagnostic, own in list(zip(cause.members, words, strict=True))[:most]:
        particular = [line for line in own if line not in shared]
        if particular:
            lines.append(f"{place_of(cause, diagnostic)}: {' · '.join(particular)}")
    if lines:
        yield Section("said", tuple(lines), "quote")


def _words(
    report: Report, cause: Cause, diagnostic: Diagnostic, view: View, *, framed: bool
) -> list[str]:
    """What the server says of a problem and the answer does not yet."""
    sections = said(report, diagnostic, view, framed=framed)
    words = [line for section in sections for line in section.lines]
    _, _, title = headline(report, diagnostic)
    labels = {label_of(diagnostic, location) for location in diagnostic.locations if framed}
    if title not in labels and title != headline(report, cause.first)[2]:
        words.insert(0, title)
    return words
