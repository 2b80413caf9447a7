"""Finds the bodies that are nested in a body, the likeliest first, and those nested in them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from errdecode.model import JSON, Body, Note, Text
from errdecode.nested.candidates import Candidate, list_candidates, may_nest
from errdecode.nested.layers import MOST_STEPS, Nested, unwrap
from errdecode.nested.prose import find_embedded, says_something
from errdecode.source import Builder, cut

_MOST_TRIES = 64
_MOST_CHARACTERS = 1 << 20
"""Characters of the strings that are tried for one body; the first is tried however long."""
_MOST_FOUND = 8
"""Nested bodies that are yielded for one body."""
_MOST_FOLLOWED = 32
_BLANK = " \t\r\n\ufeff"
_STEP = {"json": "JSON string", "xml": "XML text", "form": "form value"}


def find_nested(body: Body, depth: int = MOST_STEPS) -> Iterator[Nested]:
    """Yield the arrays, objects and XML documents that strings of a body hold, likeliest first.

    In a JSON, XML or form body they stand in members, in a text in the text itself. First the body
    that is a string as a whole, then members named as errors name them, shallow before deep. Of
    each at most `depth` encodings are undone. A body that holds none is told at a glance.
    """
    if depth < 1 or not may_nest(body):
        return
    found, room = 0, _MOST_CHARACTERS
    for candidate in islice(sorted(list_candidates(body)), _MOST_TRIES):
        nested = _free(body, candidate, depth) if room > 0 else None
        room -= len(candidate.value)
        if nested:
            yield nested
            found += 1
            if found == _MOST_FOUND:
                return


def follow(body: Body) -> Iterator[Nested]:
    """Yield the nested bodies of a body, then those nested in them, layer by layer.

    Each knows its `outer` one. Through all layers at most `layers.MOST_STEPS` encodings are undone.
    """
    waiting: list[tuple[Body, Nested | None, int]] = [(body, None, MOST_STEPS)]
    found = 0
    for inner, outer, depth in waiting:  # grows while it is read
        for nested in find_nested(inner, depth):
            placed = nested._replace(outer=outer)
            yield placed
            found += 1
            if found == _MOST_FOLLOWED:
                return
            waiting.append((placed.body, placed, depth - len(placed.steps)))


def _free(body: Body, candidate: Candidate, depth: int) -> Nested | None:
    """Free what a string holds; None when that is no array, object or XML."""
    first = (_STEP[body.kind],) if body.kind in _STEP and candidate.tokens else ()
    whole = body.kind in ("json", "text") and not candidate.tokens
    root = body.text if whole else Text(candidate.value)
    nested = _free_text(root, first, depth)
    if nested is None:
        return None
    if not whole:
        nested = _graft(nested, root, _open(body, candidate))
    return nested._replace(tokens=candidate.tokens)


def _free_text(text: Text, first: tuple[str, ...], depth: int) -> Nested | None:
    """Free what a text is, or what stands within its words."""
    from errdecode.body import read_body

    inner, steps = text, first
    notes: tuple[Note, ...] = ()
    body: Body | None = None
    nested = unwrap(text, depth - len(first)) if len(first) < depth else None
    if nested:
        inner, steps, notes, body = nested.text, first + nested.steps, nested.notes, nested.body
    whole = None
    if steps and inner.value.lstrip(_BLANK)[:1] in ("{", "[", "<"):
        whole = _keep(Nested(inner, steps, body or read_body(inner), notes))
    if len(steps) == depth or (whole and not _has_words(whole)):
        return whole
    embedded = find_embedded(inner)
    if embedded is None:
        return whole
    inner, more = embedded
    steps = (*steps, "JSON within text")
    return _keep(Nested(inner, steps, read_body(inner), (*notes, *more))) or whole


def _has_words(nested: Nested) -> bool:
    """Tell whether the reading left words out before the content."""
    return any(note.kind == "leading-text" for note in nested.body.notes)


def _keep(nested: Nested) -> Nested | None:
    """Keep content that may be an error; drop empty brackets, a link, a word in brackets."""
    return nested if _is_worth(nested) else None


def _is_worth(nested: Nested) -> bool:
    """Tell content that says something."""
    if not nested.is_content:
        return False
    value = nested.body.value
    if nested.body.kind == "xml":
        return nested.text.value.lstrip().startswith("<?xml") or _has_children(value)
    if nested.body.tree is not None and isinstance(value, list):
        return any(isinstance(item, dict) and item for item in value)
    return says_something(value)


def _has_children(document: JSON) -> bool:
    """Tell whether the root of an XML document has children."""
    roots = next(iter(document.values())) if isinstance(document, dict) else None
    root = roots[0] if isinstance(roots, list) else None
    return isinstance(root, dict) and any(isinstance(child, list) for child in root.values())


def _open(body: Body, candidate: Candidate) -> Text:
    """The candidate's string as a text cut out of the body's, mapped as finely as can be told."""
    from errdecode.body import place
    from errdecode.nested.strings import open_string

    text, value = body.text, candidate.value
    tree = place(body, candidate.tokens)
    start, end = (tree.start, tree.end) if tree else (0, len(text.value))
    opened = open_string(text, start, end) if body.kind == "json" else None
    if opened is None:
        written = text.value[start:end]
        at = written.find(value)
        opened = cut(text, start + at, start + at + len(value)) if at >= 0 else None
    if opened is None or opened.value != value:
        builder = Builder(text)
        builder.put(value, start, end)
        return builder.text()
    return opened


def _graft(nested: Nested, root: Text, opened: Text) -> Nested:
    """Let the chain of texts that ends at `root` end at the equal text `opened`."""
    inner = _replace_root(nested.text, root, opened)
    same = nested.body.text is nested.text
    body_text = inner if same else _replace_root(nested.body.text, root, opened)
    return nested._replace(text=inner, body=nested.body._replace(text=body_text))


def _replace_root(text: Text, root: Text, opened: Text) -> Text:
    chain: list[Text] = []
    while text is not root and text.parent is not None:
        chain.append(text)
        text = text.parent
    grown = opened
    for link in reversed(chain):
        grown = link._replace(parent=grown)
    return grown
