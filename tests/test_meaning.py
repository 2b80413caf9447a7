"""The laws of explaining: the most specific entry wins, templates are filled, roles are tied."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.catalog import Catalog
from errdecode.format import Code, Defaults, Format, Prose
from errdecode.meaning import (
    Asked,
    Choice,
    ask,
    choose,
    explanation_of,
    fill,
    give_roles,
    match_template,
    read_beside,
    same_message,
)
from errdecode.model import Diagnostic, Problem

FEW = settings(max_examples=200, deadline=None)


def format_of(*codes: Code, fold: bool = False) -> Format:
    """A format with these entries."""
    format = Format("x", "X", "vendor", "https://docs.example.com/x", "2026-11-22", fold_codes=fold)
    return format._replace(codes=codes)


def titles(choice: Choice) -> list[str]:
    """The titles of what was chosen."""
    chosen = [choice.entry] if choice.entry else list(choice.alternatives)
    return [entry.title for entry in chosen]


GENERAL = Code(title=Prose("anything"))
ONLY_CODE = Code(code="A", title=Prose("A"))
WITH_STATUS = Code(code="A", status=404, title=Prose("A at 404"))
WITH_MESSAGE = Code(code="A", message="Gone", title=Prose("A gone"))
WITH_OPERATION = Code(code="A", operation="createThing", title=Prose("A of createThing"))
WITH_CLASS = Code(code="A", operation="create*", title=Prose("A of create"))
ONLY_STATUS = Code(status=404, title=Prose("any 404"))
TIMEOUT = Code(timeout=True, title=Prose("timeout"))
ALL = (
    GENERAL,
    ONLY_CODE,
    WITH_STATUS,
    WITH_MESSAGE,
    WITH_OPERATION,
    WITH_CLASS,
    ONLY_STATUS,
    TIMEOUT,
)


def test_a_code_in_parts_has_the_entry_of_its_beginning() -> None:
    """The longest documented beginning in whole parts explains a code; its own entry goes first."""
    format = format_of(Code(code="A", title=Prose("A")), Code(code="A.B", title=Prose("AB")))
    parted = format._replace(code_separator=".")
    codes = ("A.B", "A.B.C", "A.C", "A.", "AB", "X.A")

    assert [[], [], [], []] == [titles(choose(format, Asked(code))) for code in codes[1:5]]
    assert [["AB"], ["AB"], ["A"], ["A"], [], []] == [
        titles(choose(parted, Asked(code))) for code in codes
    ]


def test_a_code_in_very_many_parts_is_read_no_further() -> None:
    """What comes from outside costs no more than a few looks."""
    format = format_of(ONLY_CODE)._replace(code_separator=".")

    assert [] == titles(choose(format, Asked("A" + "." * 100_000)))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Asked("A"), ["A"]),
        (Asked("A", 404), ["A at 404"]),
        (Asked("A", 500), ["A"]),
        (Asked("A", 404, ("gone.",)), ["A gone"]),
        (Asked("A", None, ("other",)), ["A"]),
        (Asked("A", None, (), "CREATETHING"), ["A of createThing"]),
        (Asked("A", None, (), "createOther"), ["A of create"]),
        (Asked("A", None, (), "deleteThing"), ["A"]),
        (Asked("B", 404), ["any 404"]),
        (Asked("B"), ["anything"]),
        (Asked(), ["anything"]),
        (Asked(None, 404), ["any 404"]),
        (Asked(timeout=True), ["timeout"]),
    ],
)
def test_the_most_specific_entry_wins(asked: Asked, expected: list[str]) -> None:
    """Code before message before status before operation; one that contradicts is out."""
    assert expected == titles(choose(format_of(*ALL), asked))


def test_order_of_entries_does_not_count() -> None:
    """The same entry is chosen wherever it stands in the file."""
    asked = Asked("A", 404, ("Gone",), "createThing")

    assert titles(choose(format_of(*ALL), asked)) == titles(choose(format_of(*ALL[::-1]), asked))


def test_a_message_word_for_word_comes_before_a_template() -> None:
    """Of messages that fit alike, the one without placeholders is meant."""
    template = Code(message="%s is required.", title=Prose("a template"))
    literal = Code(message="valid quay is required", title=Prose("word for word"))
    asked = Asked(messages=("valid quay is required",))

    assert ["word for word"] == titles(choose(format_of(template, literal), asked))
    assert ["a template"] == titles(choose(format_of(template), asked))


def test_nothing_fits() -> None:
    """Without an entry that fits there is none."""
    assert Choice(None) == choose(format_of(ONLY_CODE, TIMEOUT), Asked("B", 400))


def test_letter_case_counts_unless_the_format_folds() -> None:
    """Codes are compared as they are, or without case and blanks where the format says so."""
    assert [] == titles(choose(format_of(ONLY_CODE), Asked("a")))
    assert ["A"] == titles(choose(format_of(ONLY_CODE, fold=True), Asked(" a ")))


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Undecipherable", 1),
        ("  ip address  NOT authenticated ", 1),
        ("Please login.", 1),
        ("something new", 3),
        (None, 3),
    ],
)
def test_three_reasons_of_one_code(catalog: Catalog, message: str | None, expected: int) -> None:
    """A code with three messages is told apart by them; an unknown one leaves all three."""
    asked = ask(Problem(code="invalid_token", detail=message, status=401), 401, None)
    choice = choose(catalog.format("telecomx"), asked)

    assert expected == len(titles(choice))


def test_one_code_at_several_statuses(catalog: Catalog) -> None:
    """The status decides what a code means, and the item's own comes first."""
    format = catalog.format("telecomx")
    found = [
        titles(choose(format, ask(Problem(code="number", status=own), 422, None)))
        for own in (404, 409, None)
    ]

    assert 3 == len({tuple(one) for one in found})
    assert [1, 1, 1] == [len(one) for one in found]


def test_candidates_of_a_bare_status(catalog: Catalog) -> None:
    """Three types share the 404: all of them are possible, none is guessed."""
    choice = choose(catalog.format("journeyapps"), Asked(status=404))

    assert choice.entry is None
    assert 3 == len(choice.alternatives)


@pytest.mark.parametrize(
    ("operation", "word"),
    [("createScript", "context"), ("deleteScripts", "delete"), (None, "reference")],
)
def test_classes_of_operations(catalog: Catalog, operation: str | None, word: str) -> None:
    """What a code means depends on the class of the method that was called."""
    entry = choose(
        catalog.format("soundbite"), Asked("OBJECT_NOT_EXISTS", operation=operation)
    ).entry

    assert entry is not None
    assert word in entry.title
    assert (operation is None) == (entry.operation is None)


def test_the_problem_speaks_before_the_user() -> None:
    """A problem's own status and operation come before the response's and the user's."""
    problem = Problem(code="A", title="t", detail="d", status=404, operation="own")

    assert Asked("A", 404, ("d", "t"), "own") == ask(problem, 422, "given")
    assert Asked("A", 422, (), "given") == ask(Problem(code="A"), 422, "given")


# ---------------------------------------------------------------- messages and templates


@pytest.mark.parametrize(
    ("wanted", "text", "expected"),
    [
        ("Please login", " please  LOGIN. ", True),
        ("Please login", "Please log in", False),
        ("Object '%s' is gone", "object 'a b' is gone", True),
        ("Object '%s' is gone", "object is gone", False),
        ("{0} and {1}.", "x and y", True),
        ("100% (sure) [a-z]+ \\d", "100% (SURE) [a-z]+ \\d", True),
        ("100% (sure) [a-z]+ \\d", "100% (sure) b 7", False),
        ("%s", "", True),
        ("a", "", False),
    ],
)
def test_messages(wanted: str, text: str, expected: bool) -> None:
    """Case, blanks and a final full stop do not count; placeholders stand for anything."""
    assert expected is same_message(wanted, text)


@given(st.lists(st.text(alphabet="ab%{}\\.*( ", max_size=6), min_size=1, max_size=3))
@FEW
def test_a_filled_template_matches_itself(values: list[str]) -> None:
    """Whatever a provider puts into its template, the message is told as that template's."""
    template = "Begin '" + "' <x> '".join(["%s"] * len(values)) + "' end"
    message = template
    for value in values:
        message = message.replace("%s", value.replace("%s", ""), 1)

    assert match_template(template, message) is not None


def test_hostile_messages() -> None:
    """Repetitions of a template's parts are matched in linear time."""
    template = "k {0} is mapped to {1}, {2} and {3}!"
    message = "k " + " is mapped to , and " * 1000

    assert match_template(template, message) is None
    assert match_template(template, message * 1000) is None


@pytest.mark.parametrize(
    ("template", "problem", "expected"),
    [
        ("Object '%s' is gone", Problem(detail="object 'Ab 7' is gone."), "Object 'Ab 7' is gone"),
        ("{0} maps to {1}", Problem(detail="50% maps to {0}%s"), "50% maps to {0}%s"),
        (
            "Attribute '%s' is null",
            Problem(extensions={"attributeName": "zip"}),
            "Attribute 'zip' is null",
        ),
        ("Reason '%s'", Problem(extensions={"context": "a {0} %s b"}), "Reason 'a {0} %s b'"),
        ("Object '%s' is gone", Problem(detail="lokalisiert"), "Object '…' is gone"),
        ("Object '%s'", Problem(extensions={"object": {"a": 1}}), "Object '…'"),
        (
            "Attribute {0} is small.",
            Problem(extensions={"AttributeName": 7}),
            "Attribute 7 is small.",
        ),
        ("nothing to fill", Problem(), "nothing to fill"),
        ("%s", Problem(extensions={"context": ""}), "…"),
    ],
)
def test_templates_are_filled(template: str, problem: Problem, expected: str) -> None:
    """From the message where it matches, else from other members; never by format codes."""
    assert expected == fill(template, problem)


@given(st.text(max_size=30), st.text(max_size=10))
@FEW
def test_filling_never_raises(detail: str, context: str) -> None:
    """Any message and context fill any template; no placeholder of it is left."""
    problem = Problem(detail=detail, extensions={"context": context})
    clean = "%s" not in detail + context and "{0}" not in detail + context
    filled = fill("Argument '%s' is not {0}", problem)

    assert filled.startswith("Argument '")
    assert not clean or ("%s" not in filled and "{0}" not in filled)


def test_no_shipped_template_shows_its_placeholders(catalog: Catalog) -> None:
    """Without anything to fill in, a template of the catalog reads without its placeholders."""
    for id in catalog.ids():
        for entry in catalog.format(id).codes:
            filled = fill(entry.template or "", Problem())

            assert "%s" not in filled
            assert "{" not in filled


# ---------------------------------------------------------------- explanations and roles


def test_parts_of_an_explanation() -> None:
    """What an entry leaves out comes from the format's defaults; its source is named."""
    entry = Code(
        code="A", title=Prose("t"), meaning=Prose("m"), remedies=(Prose("r"),), see_also=("B", "C")
    )
    other = Code(code="B", meaning=Prose("like A"))
    format = format_of(entry, other)._replace(defaults=Defaults(actor="caller"))
    explained = explanation_of(entry, format, Problem())
    own = entry._replace(
        operation="create*", actor="provider", documentation="https://example.com/a"
    )
    special = explanation_of(own, format._replace(kind="vendor"), Problem())

    assert ("t", "m", ("r",), "caller") == explained[:4]
    assert ("https://docs.example.com/x", "catalog") == explained[4:6]
    assert ("B: like A", "C") == explained.see_also
    assert ("provider", "https://example.com/a", "operation") == special[3:6]
    assert (
        "http-status" == explanation_of(entry, format._replace(kind="knowledge"), Problem()).source
    )


def test_related_codes_bring_their_meaning(catalog: Catalog) -> None:
    """A code that is documented as similar to another shows that one's meaning, too."""
    format = catalog.format("sessionm")
    entry = choose(format, Asked("requires_registered_user")).entry

    assert entry is not None
    explained = explanation_of(entry, format, Problem())
    assert any(line.startswith("USER_NOT_FOUND: ") for line in explained.see_also)


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        (["cause", "consequence", "consequence"], [None, 0, 0]),
        (["consequence", "cause", "consequence"], [1, None, 1]),
        (["harmless", "consequence"], [None, 0]),
        (["harmless", "cause", "consequence"], [None, None, 1]),
        (["consequence"], [None]),
        ([], []),
    ],
)
def test_consequences_follow_a_cause(roles: list[str], expected: list[int | None]) -> None:
    """A consequence is tied to the first cause, or to what at least is none."""
    given_ = [Diagnostic(Problem(role=role)) for role in roles]

    assert expected == [diagnostic.problem.caused_by for diagnostic in give_roles(given_)]


def test_what_stands_beside_it_tells_entries_apart() -> None:
    """An entry may be for a problem beside another one alone, which is known by its message."""
    plain = Code(message="The %s is missing", title=Prose("missing"))
    beside = plain._replace(beside="%s cannot be read", title=Prose("it follows"))
    format = format_of(plain, beside)
    problems = [Problem(detail="The boat is missing"), Problem(title="Line 1 cannot be read.")]

    assert ["missing"] == titles(choose(format, ask(problems[0], None, None)))
    assert ["it follows"] == titles(
        choose(format, ask(problems[0], None, None, read_beside(problems)))
    )
