"""What `errdecode catalog check` asks of a format beyond what loading it takes.

Apart from `rules`, because a format that fails here still decodes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from errdecode.authoring.test import MEMBERS
from errdecode.clue import fold_code
from errdecode.compile import inherit
from errdecode.compile.schema import Fault, Path, field_types, toml_key
from errdecode.format import Code, Extract, Format, Url
from errdecode.model import Diagnostic, Problem
from errdecode.render.json import problem_json


def check_advice(format: Format, known: dict[str, Format]) -> Iterator[Fault]:
    """Yield what a reviewer would send back; `known` are the formats it may extend."""
    yield from _check_parent(format, known)
    yield from _check_shared(format, known)
    yield from _check_links(format)
    yield from _check_twins(format)
    yield from _check_examples(format)
    yield from _check_patterns(format)
    for at, code in enumerate(inherit(format, known).codes[: len(format.codes)]):
        if format.extends or format.shares:
            yield from _check_references(at, code, inherit(format, known))


def near(word: str, known: Iterable[str]) -> str:
    """A question after a word that looks like a slip of the pen."""
    close = get_close_matches(word, list(known), 1)
    return f"; did you mean {close[0]!r}?" if close else ""


def _check_parent(format: Format, known: dict[str, Format]) -> Iterator[Fault]:
    """The chain of `extends` leads to a format that stands on its own."""
    if format.extends is None:
        return
    if format.extends not in known or known[format.extends].kind == "knowledge":
        ids = [id for id, one in known.items() if one.kind != "knowledge" and id != format.id]
        guess = near(format.extends, ids)
        yield Fault(("extends",), f"there is no format {format.extends!r}{guess}")
        return
    chain, parent = [format.id], known[format.extends]
    while parent.id not in chain and parent.extends in known:
        chain.append(parent.id)
        parent = known[parent.extends or ""]
    if parent.id in chain:
        yield Fault(("extends",), f"a circle: {' extends '.join([*chain, parent.id])}")


def _check_shared(format: Format, known: dict[str, Format]) -> Iterator[Fault]:
    """What a format shares the codes of is another format."""
    for at, id in enumerate(format.shares):
        if id not in known or known[id].kind == "knowledge" or id == format.id:
            guess = near(id, [one for one in known if one != format.id])
            yield Fault(("shares", at), f"there is no other format {id!r}{guess}")


def _check_references(at: int, code: Code, whole: Format) -> Iterator[Fault]:
    known = {other.code for other in whole.codes}
    for number, other in enumerate(code.see_also):
        if other not in known:
            message = f"{other!r} is no code of this file or of those it has codes from"
            yield Fault(("codes", at, "see_also", number), message)


def _check_links(format: Format) -> Iterator[Fault]:
    """Links are shown to people, and plain http can be altered on its way."""
    for path, link in all_of(Url, format):
        if link.startswith("http:"):
            yield Fault(path, "a link begins with https://: nobody alters that page on its way")


def _check_twins(format: Format) -> Iterator[Fault]:
    """Entries for one code and with the same keys: nothing can ever tell them apart.

    Several entries for a bare status are welcome: they are what the status can mean.
    """
    first: dict[tuple[object, ...], int] = {}
    for at, code in enumerate(format.codes):
        keys = _keys(code, format.fold_codes)
        if keys in first and code.code is not None:
            told = f"nothing ever tells this entry from codes[{first[keys]}]"
            yield Fault(("codes", at), f"{told}: join them, or add a status, message or operation")
        first.setdefault(keys, at)


def _keys(code: Code, fold: bool) -> tuple[object, ...]:
    """What an entry is looked up by, as `explain` compares it."""
    name = fold_code(code.code) if fold and code.code else code.code
    message = " ".join((code.message or "").split()).rstrip(".").casefold()
    return name, code.status, message, (code.operation or "").casefold(), code.timeout, code.beside


def _check_examples(format: Format) -> Iterator[Fault]:
    """Names are unique, and the expected problems consist of members that problems have."""
    names: set[str] = set()
    for word in ("examples", "counterexamples"):
        for at, example in enumerate(getattr(format, word)):
            if example.name in names:
                yield Fault((word, at, "name"), f"there is another example named {example.name!r}")
            names.add(example.name)
    known = {*problem_json(Diagnostic(Problem())), *MEMBERS}
    for at, example in enumerate(format.examples):
        if example.outcome == "error" and not example.problems:
            yield Fault(("examples", at, "problems"), "missing: what does this response say?")
        in_body = set(re.findall(r"[\w@$-]+", example.body))  # an extension bears its name there
        for number, problem in enumerate(example.problems):
            for member in sorted(problem.keys() - known - in_body):
                message = f"a problem has no member {member!r}{near(member, known)}"
                yield Fault(("examples", at, "problems", number, member), message)


def _check_patterns(format: Format) -> Iterator[Fault]:
    """Text is read by a pattern whose named groups are the members of an item."""
    extracts: list[tuple[Path, Extract]] = [(("extract",), format.extract)]
    extracts += [(("shapes", at, "extract"), one.extract) for at, one in enumerate(format.shapes)]
    for path, extract in extracts:
        pattern = extract.pattern or format.extract.pattern
        if extract.read == "text" and pattern is None:
            yield Fault((*path, "pattern"), 'missing: `read = "text"` needs one')
        if extract.pattern is not None and not re.compile(extract.pattern).groupindex:
            yield Fault((*path, "pattern"), "no named groups, (?P<code>...), to read from")


def all_of(kind: object, format: Format) -> Iterator[tuple[Path, str]]:
    """Every value of a named kind of strings in a format, with its place; without recursion."""
    waiting: list[tuple[object, object, Path]] = [(Format, format, ())]
    while waiting:
        hint, value, path = waiting.pop()
        if hasattr(value, "_fields"):
            hints = field_types(type(value))
            named = ((n, getattr(value, n)) for n in value._fields)
            waiting += [(hints[n], v, (*path, toml_key(n))) for n, v in named]
        elif isinstance(value, tuple):
            waiting += [(hint, item, (*path, at)) for at, item in enumerate(value)]
        elif isinstance(value, str) and _mentions(hint, kind):
            yield path, value


def _mentions(hint: object, kind: object) -> bool:
    return hint is kind or kind in getattr(hint, "__args__", ())
