"""`errdecode catalog import`: tables of codes become drafts."""

from __future__ import annotations

import tomllib

import pytest
from drafts import SECRET, faults_of, imported
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.authoring.importing import import_text
from errdecode.errors import InputError

TABLES = [
    "Error code,HTTP status,Message\nBUSY,503,Come back later\nGONE,410,\n",
    "errorCode;Status;Text\nBUSY;503 Service Unavailable;Come back later\nGONE;410;\n",
    "code\thttp\tmessage\nBUSY\t503\tCome back later\nGONE\t410\t\n",
    "| code | message |\n|---|---|\n| BUSY | Come back later |\n| GONE | |\n",
    '[{"code": "BUSY", "status": 503, "message": "Come back later"}, {"id": "", "code": "GONE"}]',
    '{"BUSY": {"status": 503, "message": "Come back later"}, "GONE": "It is gone"}',
    '{"version": 1, "errors": {"BUSY": "Come back later", "GONE": "It is gone"}}',
    '["BUSY", "GONE"]',
]


@pytest.mark.parametrize("table", TABLES)
def test_forms_of_tables(table: str) -> None:
    """CSV with any delimiter, bars, and JSON in several forms lead to the same codes."""
    text, _ = import_text(table, "codes", "harbour", None)

    assert ["BUSY", "GONE"] == [code["code"] for code in tomllib.loads(text)["codes"]]
    assert ("Come back later" in table) == ("Come back later" in text)
    assert [] == faults_of(text)


def test_columns_are_told() -> None:
    """The account says which column became what, and which is not used."""
    table = "Error Code,Resolution,Team,Retryable,Notes\nBUSY,Wait,blue,yes,At noon\n"
    text, account = import_text(table, "codes.csv", "harbour", None)

    assert "column Error Code -> code" in account
    assert "column Resolution -> remedy" in account
    assert "not used: Team" in account
    assert "# What to do, it says: Wait\n# Retry, it says: yes\n" in text


def test_a_code_with_several_statuses_has_several_entries() -> None:
    """The status becomes a key where it tells entries apart; equal rows become one."""
    table = "code,status,message\nA,404,one\nA,409,two\nA,409,three\nB,500,four\n"
    codes = imported(table)["codes"]

    assert [("A", 404), ("A", 409), ("B", None)] == [(c["code"], c.get("status")) for c in codes]
    assert [] == faults_of(import_text(table, "f", "harbour", None)[0])


def test_a_table_of_statuses() -> None:
    """Without codes, statuses are the keys."""

    assert [404, 429] == [
        c["status"] for c in imported("Status,Meaning\n404,No\n429,Slow\n")["codes"]
    ]


def test_secrets_in_tables_are_masked() -> None:
    """A cell with a secret is masked, and a code that is one is left out."""
    table = f"code,message\nBUSY,use {SECRET}\n{SECRET},no\n"
    text, account = import_text(table, "codes.csv", "harbour", None)

    assert SECRET not in text
    assert any(line.startswith("rows left out: 1") for line in account)


def test_cells_stay_in_their_comments() -> None:
    """Line breaks and control characters of a cell cannot leave the comment."""
    text, _ = import_text('code,message\nA,"x\n[[codes]]\x1b[31m"\n', "f", "harbour", None)

    assert 1 == len(tomllib.loads(text)["codes"])
    assert "\x1b" not in text


@given(st.text("code,status;|\t\n\"'AB 404-:\x00", max_size=80))
@settings(max_examples=120)
def test_any_table_is_survived(table: str) -> None:
    """Whatever stands in a text: a draft that has blanks alone, or a clear refusal."""
    try:
        text, _ = import_text(table, "f", "harbour", None)
    except InputError:
        return

    assert [] == faults_of(text)
