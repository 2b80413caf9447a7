"""One documented error format: what a catalog file holds, from top to bottom."""

from __future__ import annotations

from errdecode.format.extraction import Extract
from errdecode.format.kinds import Date, Kind, Url
from errdecode.format.knowledge import Code, Defaults
from errdecode.format.recognition import Clue, Detect
from errdecode.format.trials import Counterexample, Example
from errdecode.model.record import NamedTuple


class Shape(NamedTuple):
    """One of the forms a format's responses come in."""

    name: str = "body"
    """What to call this form, in the score sheet."""
    required: tuple[Clue, ...] = ()
    """All must hold, besides those of `[detect]`."""
    supporting: tuple[Clue, ...] = ()
    """Clues for this shape only, besides those of `[detect]`."""
    excluding: tuple[Clue, ...] = ()
    """One that holds rules this shape out."""
    extract: Extract = Extract()
    """Overrides `[extract]` word by word."""
    yields: bool = False
    """It stands back for every other format that the response can be claimed for: what proves it
    goes along with bodies of any format, which then say more."""


class Format(NamedTuple):
    """One documented error format: one file."""

    id: str
    """Lower-case letters, digits and hyphens; the file's name."""
    name: str
    """What people call it."""
    kind: Kind
    """What sort of source the format has."""
    documentation: Url
    """Where the provider documents the format."""
    reviewed: Date
    """When the file was last held against the documentation."""
    extends: str | None = None
    """Id of the format this is a dialect of; clues, extractor and codes are inherited."""
    shares: tuple[str, ...] = ()
    """Ids of formats whose codes this one bears, too; of entries with the same keys the first
    counts."""
    fold_codes: bool = False
    """Codes are compared without regard to letter case and blanks."""
    code_separator: str | None = None
    """What parts a code whose beginning is documented as the more general one: with `.`, a code
    `InvalidParameter.Zone` without an entry has that of `InvalidParameter`."""
    detect: Detect = Detect()
    """How it is recognised."""
    extract: Extract = Extract()
    """How its problems are read."""
    shapes: tuple[Shape, ...] = ()
    """None: one shape with `[detect]` and `[extract]` as they stand."""
    defaults: Defaults = Defaults()
    """What holds for all codes."""
    codes: tuple[Code, ...] = ()
    """What the codes mean."""
    examples: tuple[Example, ...] = ()
    """Responses in this format: the tests."""
    counterexamples: tuple[Counterexample, ...] = ()
    """Look-alikes."""
