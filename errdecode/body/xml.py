"""XML seen as JSON, with places, through expat; a document type declaration is refused at once.

An element is an object: `@name` holds an attribute (by local name), `@xmlns` the element's
namespace where it differs from its parent's, `#text` its own text (concatenated, stripped, absent
when blank), and each child's local name a list of the children of that name. The document is an
object of its root: `{"root": [{...}]}`.
"""

from __future__ import annotations

from xml.parsers import expat

from errdecode.body.elements import Element
from errdecode.model import JSON, Note, Text, Tree
from errdecode.model.record import NamedTuple
from errdecode.regex import expression
from errdecode.source import position

NESTING = 200
"""Levels of elements that are read; what lies deeper stays as its text."""

_SURROGATE = expression("[\ud800-\udfff]")
_CHUNK = 1 << 16
_BLOCK = 1 << 10
_CONTINUATION = bytes(range(0x80, 0xC0))
_NAME = expression(rb"[^\s/>]*")
_ATTRIBUTE = expression(rb"\s+([^\s=<>\"'/]+)\s*=\s*(?:\"([^\"<]*)\"|'([^'<]*)')")
_START = expression(r"[^<]*")
_LIKELY = expression(r"<\?xml|</|/>")
_BLANK = " \t\r\n"
_UNBOUND_PREFIX = 27  # XML_ERROR_UNBOUND_PREFIX


class XmlReading(NamedTuple):
    """An XML document as JSON; `tree` is None when it is none, or refused."""

    value: JSON
    notes: tuple[Note, ...] = ()
    tree: Tree | None = None


class _DoctypeRefused(Exception):  # noqa: N818  # no error of ours: the parser is told to stop
    """Raised by the handler of document type declarations, caught by `read_xml`."""


def read_xml(text: str, *, sure: bool = False) -> XmlReading:
    """Read an XML document, as far as it is well-formed; never raises.

    With `sure`, because XML was declared, even one lone opening tag is taken for a document.
    """
    try:
        parse = _Parse(text, namespaces=True)
        if parse.error is not None and parse.error.code == _UNBOUND_PREFIX:
            parse = _Parse(text, namespaces=False, earlier=parse)
    except _DoctypeRefused:
        return XmlReading(
            text, (Note("xml-doctype", "the XML has a document type declaration: not read"),)
        )
    notes = _note_faults(text, parse)
    parse.finish()
    if parse.root is None or (parse.error is not None and not sure and not _LIKELY.search(text)):
        return XmlReading(text)
    return XmlReading({parse.local: [parse.root[0]]}, notes, parse.document())


def _note_faults(text: str, parse: _Parse) -> tuple[Note, ...]:
    """What the reader should know: damage, left out text, elements that were kept as text."""
    notes = []
    error = parse.error
    if error is not None:
        where = position(Text(text), parse.place_of(parse.error_at))
        place = f"line {where.line}, column {where.column}"
        if parse.root is not None and error.code != _UNBOUND_PREFIX:
            notes.append(Note("trailing-text", f"left out what follows the XML, from {place}"))
        else:
            what = expat.ErrorString(error.code) or "not well-formed"
            notes.append(Note("lenient-xml", f"the XML is damaged at {place}: {what}"))
    if parse.limited:
        what = f"elements nested deeper than {NESTING} levels were kept as text"
        notes.append(Note("limit", what))
    return tuple(notes)


class _Parse:
    """One run of expat and what it builds; byte indexes are expat's, places are characters.

    `earlier` is the run whose fault made this one necessary.
    """

    def __init__(self, text: str, *, namespaces: bool, earlier: _Parse | None = None) -> None:
        match = _START.match(text)
        self.text = text
        self.begin = match.end() if match else 0
        self.data = _SURROGATE.sub("\ufffd", text[self.begin :]).encode()
        self.blocks = _count_characters(self.data, len(text) - self.begin)
        self.stack: list[Element] = []
        self.local = ""
        self.root: tuple[JSON, Tree] | None = None
        self.root_name = (0, 0)
        self.limited = False
        self.error: expat.ExpatError | None = earlier.error if earlier else None
        self.error_at: int = earlier.error_at if earlier else 0
        self.namespaces = namespaces
        self.fresh = False  # nothing was read since the last start tag
        self.deep = 0
        self.deep_start = 0
        self.pending: Element | None = None
        self.parser = expat.ParserCreate("utf-8", " " if namespaces else None)
        self._connect()
        self._run()

    def _connect(self) -> None:
        parser = self.parser
        parser.ordered_attributes = True
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.CommentHandler = parser.ProcessingInstructionHandler = self._end_text
        parser.StartCdataSectionHandler = parser.EndCdataSectionHandler = self._end_text

    def _run(self) -> None:
        """Feed the text in pieces, up to the first fault."""
        try:
            for start in range(0, len(self.data), _CHUNK):
                self.parser.Parse(self.data[start : start + _CHUNK], False)
            self.parser.Parse(b"", True)
        except expat.ExpatError as error:
            self.error_at = max(0, self.parser.ErrorByteIndex)
            self.error = error

    def place_of(self, byte: int) -> int:
        """The character at a byte index."""
        if not self.blocks:
            return self.begin + byte
        block = byte // _BLOCK
        rest = self.data[block * _BLOCK : byte]
        return self.begin + self.blocks[block] + len(rest.translate(None, _CONTINUATION))

    def finish(self) -> None:
        """Close what is open where the text is damaged or ends early."""
        if self.stack:
            end = len(self.data) if self.error is None else self.error_at
            self._end_text_at(end)
            if self.deep:
                self._keep_deep(end)
            while self.stack:
                self._close(self.place_of(end))

    def document(self) -> Tree:
        """The place of the document: an object of its root."""
        tree = self.root[1] if self.root else Tree(0, 0)
        root = Tree(tree.start, tree.end, self.root_name, [tree])
        return Tree(tree.start, tree.end, None, {self.local: root})

    # ------------------------------------------------------------ what expat calls

    def _start(self, name: str, attributes: list[str]) -> None:
        at = self.parser.CurrentByteIndex
        self._end_text_at(at)
        if len(self.stack) >= NESTING:
            self.deep_start = self.deep_start if self.deep else at
            self.deep += 1
            self.fresh = True
            return
        match = _NAME.match(self.data, at + 1)
        name_end = match.end() if match else at + 1
        uri, local = self._split(name)
        place = (self.place_of(at + 1), self.place_of(name_end))
        element = Element(local, uri, self.place_of(at), place)
        parent = self.stack[-1] if self.stack else None
        self.fresh = True
        if attributes or uri != (parent.uri if parent else ""):
            self._add_attributes(element, attributes, name_end)
        if parent is None:
            self.local, self.root_name = local, place
        self.stack.append(element)

    def _end(self, _name: str) -> None:
        at = self.parser.CurrentByteIndex
        self._end_text_at(at)
        empty = self.fresh and self.data.startswith(b"/>", at - 2)  # <a/>: expat stands behind it
        closing = at if empty else self.data.find(b">", at) + 1
        self.fresh = False
        if self.deep:
            self.deep -= 1
            if not self.deep:
                self._keep_deep(closing)
            return
        self._close(self.place_of(closing))

    def _characters(self, text: str) -> None:
        self.fresh = False
        if self.deep or not self.stack:
            return
        element = self.stack[-1]
        element.text.append(text)
        bare = text.lstrip(_BLANK)
        if bare:
            if element.text_start < 0:
                at = self.parser.CurrentByteIndex + len(text) - len(bare)
                element.text_start = self.place_of(at)
            self.pending = element

    def _end_text(self, *_: str) -> None:
        self._end_text_at(self.parser.CurrentByteIndex)

    # ------------------------------------------------------------ building

    def _end_text_at(self, byte: int) -> None:
        """Note where the text that was just read ends: before the markup, and before blanks."""
        element = self.pending
        if element is not None:
            self.pending = None
            end = self.place_of(byte)
            while end > element.text_start and self.text[end - 1] in _BLANK:
                end -= 1
            element.text_end = end

    def _close(self, end: int) -> None:
        """Take the innermost element off the stack and give it to its parent."""
        element = self.stack.pop()
        value, tree = element.close(end)
        if self.stack:
            self.stack[-1].add_child(element.local, value, tree, element.name)
        else:
            self.root = (value, tree)

    def _keep_deep(self, end: int) -> None:
        """Keep an element that is nested too deeply as its own text."""
        self.deep = 0
        self.limited = True
        match = _NAME.match(self.data, self.deep_start + 1)
        name_end = match.end() if match else self.deep_start + 1
        key = (self.place_of(self.deep_start + 1), self.place_of(name_end))
        place = Tree(self.place_of(self.deep_start), self.place_of(end))
        local = self.text[slice(*key)].rpartition(":")[2]
        self.stack[-1].add_child(local, self.text[place.start : place.end], place, key)

    def _add_attributes(self, element: Element, attributes: list[str], at: int) -> None:
        """Keep the attributes with their places; one without a namespace wins over one with."""
        tag = Tree(element.start, self.place_of(at))
        places = self._place_attributes(at)
        parent = self.stack[-1].uri if self.stack else ""
        if element.uri != parent:
            raw = self.text[slice(*element.name)]
            own = "xmlns:" + raw.partition(":")[0] if ":" in raw else "xmlns"
            element.add_attribute("xmlns", element.uri, places.get(own, tag))
        pairs = list(zip(attributes[::2], attributes[1::2], strict=True))
        for name, value in sorted(pairs, key=lambda pair: " " not in pair[0]):
            _, local = self._split(name)
            if self.namespaces or not name.startswith("xmlns"):
                element.add_attribute(local, value, places.get(local, tag))

    def _place_attributes(self, at: int) -> dict[str, Tree]:
        """Where the values of a start tag's attributes stand, by local name or `xmlns:prefix`."""
        places: dict[str, Tree] = {}
        match = _ATTRIBUTE.match(self.data, at)
        while match:
            group = 2 if match[2] is not None else 3
            key = (self.place_of(match.start(1)), self.place_of(match.end(1)))
            tree = Tree(self.place_of(match.start(group)), self.place_of(match.end(group)), key)
            name = match[1].decode("utf-8", "replace")
            if ":" not in name or name.startswith("xmlns:"):
                places[name] = tree
            else:
                places.setdefault(name.rpartition(":")[2], tree)
            match = _ATTRIBUTE.match(self.data, match.end())
        return places

    def _split(self, name: str) -> tuple[str, str]:
        """A name's namespace and its local part."""
        uri, _, local = name.rpartition(" " if self.namespaces else ":")
        return (uri, local) if self.namespaces else ("", local)


def _refuse_doctype(*_: object) -> None:
    """No entity is ever declared, hence none expanded (OWASP, XML External Entity Prevention)."""
    raise _DoctypeRefused


def _count_characters(data: bytes, characters: int) -> list[int]:
    """Characters before each block of bytes; empty when every character is one byte."""
    if len(data) == characters:
        return []
    counts = [0]
    for start in range(0, len(data), _BLOCK):
        block = data[start : start + _BLOCK]
        counts.append(counts[-1] + len(block.translate(None, _CONTINUATION)))
    return counts
