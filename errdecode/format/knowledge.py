"""What codes mean: explanations, each with the keys that say when it applies."""

from __future__ import annotations

from typing import Literal

from errdecode.format.kinds import Actor, Prose, Url, Verdict
from errdecode.model.record import NamedTuple


class RetryRule(NamedTuple):
    """Whether a repetition helps, as the documentation has it."""

    verdict: Verdict
    """never, after-change, later, once, reconcile-first (find out what became of it) or unknown."""
    after_seconds: float | None = None
    """How long to wait, as documented."""
    reason: Prose | None = None
    """Why, or under which condition: one sentence."""
    only_with: tuple[str, ...] = ()
    """Fields or members of the request, such as `Idempotency-Key`, of which one must be sent for a
    repetition to be safe. Without it a call that may change something is reconciled first."""


class Code(NamedTuple):
    """One explanation, and when it applies: the entry with the most specific keys wins.

    Keys are code, status, message, operation and what stands beside it. What a problem does not
    bear leaves an entry possible, not certain; entries that are equally possible are all shown. An
    entry without any key is the last resort.
    """

    code: str | None = None
    """The code as the documentation spells it."""
    status: int | None = None
    """The HTTP status: of the problem where it names one, else of the response."""
    message: str | None = None
    """The problem's detail or title, compared without regard to case, blanks and a final full
    stop; `%s` and `{0}` stand for anything."""
    operation: str | None = None
    """A glob for the API method, regardless of case: `create*`."""
    beside: str | None = None
    """Only where another problem of the response has this message, compared as `message` is."""
    timeout: bool = False
    """Applies when there was no answer at all."""

    title: Prose = Prose("")
    """What happened, in a few words."""
    template: str | None = None
    """The provider's own text with `%s` or `{0}`; shown as the title when it can be filled from
    the response."""
    meaning: Prose = Prose("")
    """What it means, faithful to the documentation; it says so where that says no more."""
    remedies: tuple[Prose, ...] = ()
    """What to do, in this order, one step each."""
    retry: RetryRule | None = None
    """Whether a repetition helps."""
    actor: Actor | None = None
    """Who has to act."""
    documentation: Url | None = None
    """The page, and the place on it, that documents this code."""
    role: Literal["cause", "consequence", "harmless"] | None = None
    """consequence: it only follows from another problem; harmless: usually nothing to do."""
    see_also: tuple[str, ...] = ()
    """Other codes of this file whose meaning helps with this one."""
    as_status: int | None = None
    """The HTTP status that says the same, where the provider answers with another (Slack's 200) or
    what is decoded has none (a client's message): the exit code of the verdict goes by it."""
    expects: tuple[str, ...] = ()
    """Members the documentation promises with this code; a note says which are absent."""


class Defaults(NamedTuple):
    """What holds for every entry of `codes` that does not say otherwise."""

    retry: RetryRule | None = None
    """Whether a repetition helps."""
    actor: Actor | None = None
    """Who has to act."""
    documentation: Url | None = None
    """The page that documents the codes, when it is not the format's."""
