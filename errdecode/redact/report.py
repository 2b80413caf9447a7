"""A report with every secret masked: the same in shape, and no secret left in any string of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol, cast

from errdecode.model import (
    JSON,
    Body,
    Candidate,
    Exchange,
    Explanation,
    Failure,
    FormatName,
    Location,
    Note,
    Patch,
    Problem,
    Repair,
    Report,
    Retry,
    Text,
    Tree,
)
from errdecode.redact.bulk import clean_strings
from errdecode.redact.collect import Findings, find, scan
from errdecode.redact.echoes import Secrets, find_echoes, gather
from errdecode.redact.marks import cover, hide, merge
from errdecode.redact.members import distinct_names, kind_of_path, mask_members
from errdecode.redact.names import NONE, SECRET, WEAK, classify
from errdecode.redact.shapes import find_shapes
from errdecode.redact.texts import cover_texts, spread, with_parents
from errdecode.redact.values import find_in_value, is_weak_secret, reads_as_message

_OUR_WORDS: dict[
    type, frozenset[str]
] = {  # fields that hold words of ours, which renderers compare
    Report: frozenset(("outcome",)),
    Exchange: frozenset(("kind",)),
    Body: frozenset(("kind",)),
    Note: frozenset(("kind",)),
    Failure: frozenset(("client",)),
    Candidate: frozenset(("id", "shape", "confidence")),
    Problem: frozenset(("dialect", "role")),
    Location: frozenset(("document",)),
    Repair: frozenset(("kind",)),
    Patch: frozenset(("applicability",)),
    Explanation: frozenset(("actor", "source", "documentation")),
    Retry: frozenset(("verdict",)),
    FormatName: frozenset(FormatName._fields),
}
_OUR_PROSE = frozenset((Explanation, Retry))  # `-u user:password` is an example there


class _Record(Protocol):
    """What every named tuple can do."""

    _fields: tuple[str, ...]

    def _replace(self, **changes: object) -> _Record: ...


def redact(report: Report, around: Iterable[str] = ()) -> Report:
    """Mask every secret in a report, character for character; all positions stay true.

    Secrets in the texts `around` it, of which it holds no part, are masked as well.
    """
    findings = find(report.exchange, report.body)
    others = [Text(text) for text in around]
    for text in others:  # findings know texts by their ids
        findings.add(text, False)
    texts = with_parents(_texts(report))
    sent = {id(text) for text in _sent_texts(report)}
    for text in texts:
        findings.add(text, id(text) in sent)
    return _Redaction(texts, findings).report(report)


def mask(value: str, secrets: Secrets) -> str:
    """Mask the secrets in a string that bypasses the report: a message on stderr, a draft."""
    return cover(value, merge(scan(value) + find_echoes(value, secrets)))


class _Redaction:
    """One report's secrets and masked texts, and the walk over all that holds a string."""

    def __init__(self, texts: list[Text], findings: Findings) -> None:
        self.secrets = gather(findings.values)
        self.scan = findings.scan
        found = {
            id(text): findings.hits[id(text)] + find_echoes(text.value, self.secrets)
            for text in texts
        }
        self.numbers = {
            int(form) for form in self.secrets.forms if form.isdecimal() and len(form) < 20
        }
        self.hits = spread(texts, found)
        self.texts = cover_texts(texts, self.hits)
        self.strings: dict[str, str] = {}
        self.clean: set[str] = set()
        self.values: dict[tuple[int, int], JSON] = {}

    def report(self, report: Report) -> Report:
        """Mask the whole report."""
        return cast(Report, self._any(report))

    def _any(self, node: object) -> object:
        """Mask whatever a report may hold; what holds no secret stays the same object."""
        if isinstance(node, str):
            return self._string(node)
        if isinstance(node, Text):
            return self.texts[id(node)]
        if isinstance(node, Body):
            return self._body(node)
        if isinstance(node, Location):
            return self._location(node)
        if isinstance(node, Tree):
            return _mask_tree(node, self._name)
        if isinstance(node, Problem):
            return self._problem(node)
        if isinstance(node, Patch):
            return self._patch(node)
        if isinstance(node, tuple):
            return (
                self._record(cast(_Record, node)) if hasattr(node, "_fields") else self._row(node)
            )
        return node

    def _row(self, row: tuple[object, ...]) -> tuple[object, ...]:
        masked = tuple(map(self._any, row))
        return row if all(map(_is, masked, row)) else masked

    def _record(self, record: _Record, done: Iterable[str] = ()) -> _Record:
        """Mask the fields of a named tuple, but those that are `done` or hold our words."""
        kept = _OUR_WORDS.get(type(record), frozenset())
        mask_field = self._prose if type(record) in _OUR_PROSE else self._any
        changes = {}
        for name in record._fields:
            if name not in kept and name not in done:
                old = getattr(record, name)
                new = mask_field(old)
                if new is not old:
                    changes[name] = new
        return record._replace(**changes) if changes else record

    def _prose(self, node: object) -> object:
        """Mask our own sentences: for echoes and tokens, not for what looks like an assignment."""
        if isinstance(node, str):
            return cover(node, merge(find_shapes(node) + find_echoes(node, self.secrets)))
        if isinstance(node, tuple):
            return tuple(map(self._prose, node))
        return node

    def _string(self, value: str) -> str:
        """Mask a string of any origin."""
        if value in self.clean:
            return value
        masked = self.strings.get(value)
        if masked is None:
            masked = cover(value, merge(self.scan(value, False) + find_echoes(value, self.secrets)))
            if len(value) < 1000:
                self.strings[value] = masked
        return masked

    def _name(self, name: str) -> str:
        """Mask a member's name, which is a secret only when it holds a known one or a token."""
        return name if name in self.clean else cast(str, self._prose(name))

    def _body(self, body: Body) -> Body:
        """Mask a parsed body; where nothing is covered in the text, the values are clean."""
        text = body.text.value
        if body.kind == "json" and not self.hits[id(body.text)] and "\\u00" not in text:
            return cast(Body, self._record(cast(_Record, body), ("value", "tree")))
        self.clean |= clean_strings(body.value, self.secrets)
        masked = cast(Body, self._record(cast(_Record, body), ("value",)))
        return masked._replace(value=self._value(body.value, NONE, sent=False))

    def _problem(self, problem: Problem) -> Problem:
        masked = cast(Problem, self._record(cast(_Record, problem), ("extensions",)))
        if not problem.extensions:
            return masked
        about = problem.pointer or problem.parameter or problem.header
        extensions = mask_members(
            problem.extensions, self._heard, self._name, paired=kind_of_path(about) != NONE
        )
        return masked._replace(extensions=cast("dict[str, JSON]", extensions))

    def _patch(self, patch: Patch) -> Patch:
        """Mask what a correction would write, by the name of the member it stands in."""
        operations = []
        for operation in patch.operations:
            masked: dict[str, JSON] = dict(operation)
            for name in ("path", "from"):
                if name in masked:
                    masked[name] = self._name(str(masked[name]))
            if "value" in masked:
                kind = kind_of_path(str(operation["path"]))
                masked["value"] = self._value(operation["value"], kind, sent=True)
            operations.append(masked)
        reason = cast(str, self._prose(patch.reason))
        return patch._replace(operations=tuple(operations), reason=reason)

    def _location(self, location: Location) -> Location:
        done = ("value", "repairs")
        masked = cast(Location, self._record(cast(_Record, location), done))
        repairs = tuple(self._repair(repair, location) for repair in location.repairs)
        return masked._replace(value=self._located(location), repairs=repairs)

    def _repair(self, repair: Repair, location: Location) -> Repair:
        """Mask a repair as the place it leads to."""
        place = location._replace(
            pointer=repair.pointer, value=repair.value, start=repair.start, end=repair.end
        )
        masked = cast(Repair, self._record(cast(_Record, repair), ("value",)))
        return masked._replace(value=self._located(place))

    def _located(self, location: Location) -> JSON:
        """Mask the value at a place: by its name, and when its place in the text is covered."""
        value, sent = location.value, location.document.startswith("request.")
        kind = kind_of_path(location.pointer)
        if kind == NONE and location.document in ("request.query", "request.cookie"):
            name = location.pointer.rpartition("/")[2]
            weak = classify(name) == WEAK and is_weak_secret(name, str(value))
            kind = SECRET if weak or location.document == "request.cookie" else NONE
        if kind == NONE and location.text is not None and isinstance(value, str | int | float):
            covered = self.texts[id(location.text)].value
            if value is not None and not isinstance(value, bool):
                start, end = location.start, location.end
                if _all_covered(location.text.value[start:end], covered[start:end]):
                    kind = SECRET
        return self._value(value, kind, sent=sent)

    def _value(self, value: JSON, kind: int, *, sent: bool) -> JSON:
        """Mask a value that may be shared by many places: each is masked once."""
        key = (id(value), kind)
        if key not in self.values:
            known = mask_members(value, self._said if sent else self._heard, self._name, kind)
            if not isinstance(value, dict | list):
                return known
            self.values[key] = known
        return self.values[key]

    def _said(self, value: str | int | float, kind: int) -> JSON:
        """Mask a scalar the caller sent."""
        return self._scalar(value, kind) if kind != NONE else self._unnamed(value)

    def _heard(self, value: str | int | float, kind: int) -> JSON:
        """Mask a scalar from the server, which may be a message about the secret."""
        if kind == NONE or (isinstance(value, str) and reads_as_message(value, kind)):
            return self._unnamed(value)
        return self._scalar(value, kind)

    def _scalar(self, value: str | int | float, kind: int) -> JSON:
        if not isinstance(value, str):
            return hide(_digits(value))
        hits = find_in_value(value, 0, len(value), kind, value)
        return cover(value, merge(hits + find_echoes(value, self.secrets)))

    def _unnamed(self, value: str | int | float) -> JSON:
        if isinstance(value, str):
            return self._string(value)
        card = isinstance(value, int) and 10**12 < value < 10**19
        if not card and value not in self.numbers:
            return value
        digits = str(value)
        masked = self._string(digits)
        return value if masked == digits else masked


def _texts(report: Report) -> list[Text]:
    """List every text a report refers to, parents apart."""
    found: list[Text] = []
    stack: list[object] = [report]
    while stack:
        node = stack.pop()
        if isinstance(node, Text):
            found.append(node)
        elif isinstance(node, tuple) and not isinstance(node, Tree):
            stack += node
    return found


def _sent_texts(report: Report) -> list[Text]:
    """List the bodies and URLs the caller wrote: prose may be a secret there, a text a form."""
    request = report.exchange.request
    found = [] if request is None else [request.url, request.body]
    for diagnostic in report.diagnostics:
        found += (
            location.text
            for location in diagnostic.locations
            if location.document in ("request.body", "request.query")
        )
    return [text for text in found if text is not None]


def _mask_tree(tree: Tree, rename: Callable[[str], str]) -> Tree:
    """Mask the names in a tree of places, to any depth; a clean tree stays itself."""
    order: list[tuple[Tree, list[Tree]]] = []
    stack = [tree]
    changed = False
    while stack:
        node = stack.pop()
        children = node.children
        inner = list(children.values()) if isinstance(children, dict) else children or []
        if isinstance(children, dict):
            changed = changed or any(rename(name) != name for name in children)
        order.append((node, inner))
        stack += inner
    if not changed:
        return tree
    done: dict[int, Tree] = {}
    for node, inner in reversed(order):
        copies = [done[id(child)] for child in inner]
        named = node.children
        if isinstance(named, dict):
            copied = dict(zip(distinct_names(named, rename), copies, strict=True))
            done[id(node)] = node._replace(children=copied)
        else:
            done[id(node)] = node._replace(children=copies if named else named)
    return done[id(tree)]


def _all_covered(text: str, covered: str) -> bool:
    """Tell whether no letter or digit of a text is left to read."""
    return text != covered and not any(
        a == b and a.isalnum() for a, b in zip(text, covered, strict=True)
    )


def _digits(number: int | float) -> str:
    try:
        return str(number)
    except ValueError:  # more digits than Python is willing to write
        return hex(int(number))


def _is(a: object, b: object) -> bool:
    return a is b
