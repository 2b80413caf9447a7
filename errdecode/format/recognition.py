"""How a format is recognised: clues, each one place and the tests on what stands there."""

from __future__ import annotations

from errdecode.format.kinds import At, BodyKind, JsonType, Regex
from errdecode.model import JSON
from errdecode.model.record import NamedTuple


class Clue(NamedTuple):
    """One fact that speaks for or against a format: one place, and tests on what stands there.

    Without a test the place only has to exist. Places the capture says nothing about (no status, no
    host, no header block) are neutral: they neither match nor fail.
    """

    at: At | None = None
    """A place in the response body."""
    header: str | None = None
    """A field of the response; its value is tested as a string."""
    host: str | None = None
    """A glob for the request's host: `*.talon.one`."""
    path: Regex | None = None
    """Searched in the path of the request's URL."""
    status: tuple[int | str, ...] = ()
    """The response's status is one of these: 400, or a class such as "4xx"."""
    media_type: str | None = None
    """A glob for the response's declared media type: `application/*+json`."""
    body: BodyKind | None = None
    """What kind of body it is, by content."""
    text: Regex | None = None
    """Searched in the text of the response body."""
    failure: str | None = None
    """The client of this name reported a failure of its own: `curl`."""
    any: tuple[Clue, ...] = ()
    """Holds when one of these does."""

    is_: tuple[JsonType, ...] = ()
    """The value is of one of these types."""
    equals: JSON = None
    """The value is exactly this."""
    in_: tuple[JSON, ...] = ()
    """The value is one of these."""
    matches: Regex | None = None
    """The value is a string in which this is found."""
    known: bool = False
    """The value is one of the codes of this very file."""
    has: tuple[str, ...] = ()
    """The value is an object with all these members."""
    lacks: tuple[str, ...] = ()
    """The value is an object without any of these members."""
    only: tuple[str, ...] = ()
    """The value is an object without other members than these."""
    namespace: str | None = None
    """The value is an XML element in this namespace."""
    fold: bool = False
    """Compare names on the way, and the value, without regard to letter case."""
    seen: bool = False
    """Part of the proof: the clue fails when the capture shows nothing of its place, which else
    leaves it open."""
    every: bool = False
    """All items that the pattern reaches pass the tests; else one is enough."""


class Detect(NamedTuple):
    """What speaks for and against the format, in all its shapes."""

    required: tuple[Clue, ...] = ()
    """All must hold; they count as one piece of evidence, so listing more earns nothing."""
    supporting: tuple[Clue, ...] = ()
    """Each that holds adds its weight."""
    excluding: tuple[Clue, ...] = ()
    """One that holds rules the format out."""
    success: tuple[Clue, ...] = ()
    """When all hold, the response says in this format that there is no error."""
