"""What is cut out of a log: a document, and how it stood there."""

from __future__ import annotations

from errdecode.model import JSON
from errdecode.model.record import NamedTuple
from errdecode.scan.cut.blocks import Block
from errdecode.scan.cut.carriers import Buffer
from errdecode.scan.cut.documents import Document
from errdecode.scan.cut.json_values import Missing
from errdecode.scan.cut.transcripts import Head
from errdecode.scan.cut.views import View


class Cutout(NamedTuple):
    """A document of a log; whether it is or holds an error is for others to say."""

    view: View
    """Its text, freed from its wrapping, and where that stands in the window."""
    kind: str
    """json, markup, form or text; head: one without a body; print: what a program printed of an
    error; long: a line that is longer than what is read of it."""
    value: JSON | Missing
    """Of undamaged JSON."""
    complete: bool
    how: str
    """body, text, lines or transcript; what is found inside says more."""
    line: int
    """Where the line begins in which it does."""
    head: Head | None = None
    alone: bool = False
    """Whether its file holds nothing else."""
    told: int | None = None
    """Of what a client says of its failure: where the answer ends that it belongs to."""

    @property
    def start(self) -> int:
        """Its first byte in the window."""
        return self.view.at

    @property
    def end(self) -> int:
        """Behind its last byte in the window."""
        return self.view.locate(len(self.view.text))


def of_block(block: Block, how: str, head: Head | None) -> Cutout:
    """The document of a block; an answer where a head or a command stands above it."""
    document, how = block.document, "transcript" if head else how
    return Cutout(
        document.view, document.kind, document.value, document.complete, how, block.start, head
    )


def of_document(document: Document, content: View, how: str, start: int) -> Cutout:
    """A document that was found in a text, which begins in the line that begins at a place."""
    bare = document.begin == 0 and not content.text[document.end :].strip()
    return Cutout(
        document.view,
        document.kind,
        document.value,
        document.complete,
        "body" if bare and how == "text" else how,
        start,
    )


_SEEN = 4 << 10
"""Bytes behind a document that tell whether more follows."""
_MARK = b"\xef\xbb\xbf"
"""A byte order mark in UTF-8."""


def is_alone(data: Buffer, cutout: Cutout) -> bool:
    """Whether a file of which the data are the beginning holds nothing but a document."""
    start, end = cutout.start, cutout.end
    if start > _SEEN or cutout.kind not in ("json", "markup"):
        return False
    return not data[:start].replace(_MARK, b"", 1).strip() and not data[end : end + _SEEN].strip()
