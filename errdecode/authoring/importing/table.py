"""A table of codes, in CSV or JSON: which column says what, and the draft it leads to."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice

from errdecode.authoring.codes import MOST_CODES
from errdecode.authoring.draft import BLANK_EXAMPLE, CodeDraft, Draft, Line
from errdecode.authoring.finding import plain
from errdecode.authoring.samples import harmless
from errdecode.compile.rules import TO_DO
from errdecode.errors import InputError
from errdecode.extract import LONGEST_CODE
from errdecode.model import JSON
from errdecode.model.record import NamedTuple

Row = dict[str, str]
"""The cells of a row that say something, by the name of their column."""

_COLUMNS = {
    "code": "code errorcode errcode errorid errid errorkey errorname errortype codename key id "
    "identifier name number value error type constant",
    "status": "status httpstatus httpstatuscode statuscode httpcode http httpresponsecode "
    "responsecode responsestatus",
    "message": "message msg errormessage errormsg text title summary label error",
    "description": "description desc meaning details detail explanation cause reason notes note "
    "comment errordescription",
    "remedy": "resolution remedy remedies action actions solution fix howtofix whattodo "
    "recommendation recommendedaction suggestedaction suggestion workaround troubleshooting",
    "retry": "retry retryable retriable canretry shouldretry isretryable retries",
}
"""How the columns of such tables are called, the likeliest names first."""
_SAID = {"remedy": "What to do, it says: ", "retry": "Retry, it says: "}
_DELIMITERS = ",;\t|"
_MOST_ROWS = 20_000
_MOST_HEARD = 4


class Table(NamedTuple):
    """Rows with the names of their columns."""

    columns: list[str]
    rows: list[Row]
    account: list[str]
    """What is to be said of how it was read."""


def read_csv(text: str, file: str) -> Table:
    """Read a CSV text with a header row; the delimiter is the one that the header has most of.

    Raises `InputError` when there is no table in it.
    """
    lines = text.splitlines(keepends=True)
    header = next((line for line in lines if line.strip()), "")
    delimiter = max(_DELIMITERS, key=header.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    try:
        cells = [[cell.strip() for cell in row] for row in islice(reader, _MOST_ROWS)]
    except csv.Error as fault:
        said = f"{file}: line {reader.line_num} cannot be read as CSV: {fault}"
        raise InputError(said, "look for a quote that is never closed") from None
    cells = [row for row in cells if any(cell.strip("-: ") for cell in row)]
    if len(cells) < 2:
        raise InputError(
            f"{file} holds no table: there is a header row, then a row for each code",
            "it takes CSV, JSON or an OpenAPI 3 document in JSON",
        )
    columns, *rows = cells
    account = [f"columns are parted by {_NAMES[delimiter]}"]
    ragged = sum(len(row) != len(columns) for row in rows)
    if ragged:
        account.append(f"{ragged} of {len(rows)} rows have more or fewer cells than the header")
    named = [dict(zip(columns, row, strict=False)) for row in rows]
    return Table([c for c in columns if c], [_filled(row) for row in named], account)


_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}


def read_json_table(value: JSON, file: str) -> Table:
    """Read an array of objects, or an object of codes; one that stands alone in an object, too.

    Raises `InputError` when the value is neither.
    """
    account: list[str] = []
    if isinstance(value, dict):
        lists = {n: v for n, v in value.items() if isinstance(v, list | dict) and v}
        inner = next(iter(lists.values()), None)
        if len(lists) == 1 and not _is_row(inner) and rows_of(inner):
            account.append(f"the table stands in {next(iter(lists))}")
            value = inner
    rows = list(rows_of(value))[:_MOST_ROWS]
    if not rows:
        raise InputError(
            f"{file} is no table of codes and no OpenAPI document",
            'a table is an array of objects, or an object such as {"SOLD_OUT": "Nothing is left"}',
        )
    columns = list(dict.fromkeys(name for row in rows for name in row))
    return Table(columns, rows, account)


def rows_of(value: JSON) -> list[Row]:
    """The rows that a JSON value stands for; none when it is no table."""
    if isinstance(value, dict):
        if not all(isinstance(member, str | dict) for member in value.values()):
            return []
        return [
            {"code": code} | (_cells(said) if isinstance(said, dict) else {"description": said})
            for code, said in value.items()
            if isinstance(said, str | dict)
        ]
    if not isinstance(value, list):
        return []
    rows = [_cells(item) if isinstance(item, dict) else _single(item) for item in value]
    return [row for row in rows if row]


def _is_row(value: JSON) -> bool:
    """Whether an object is the entry of one code, and no table of several."""
    return (
        isinstance(value, dict)
        and all(isinstance(v, str | int) for v in value.values())
        and ("code" in assign_columns(list(value)) and "message" in assign_columns(list(value)))
    )


def _single(value: JSON) -> Row:
    text = isinstance(value, str | int) and not isinstance(value, bool)
    return {"code": str(value)} if text else {}


def _cells(value: dict[str, JSON]) -> Row:
    """The members of an object that say something, as text."""
    cells = {}
    for name, member in value.items():
        if isinstance(member, bool):
            cells[name] = "yes" if member else "no"
        elif isinstance(member, str | int | float):
            cells[name] = str(member)
        elif isinstance(member, list) and all(isinstance(item, str) for item in member):
            cells[name] = " ".join(map(str, member))
    return _filled(cells)


def _filled(row: Row) -> Row:
    return {name: cell.strip() for name, cell in row.items() if name and cell.strip()}


def assign_columns(columns: Sequence[str]) -> dict[str, str]:
    """Which column says what: the column by its role; no column has two."""
    by_name = {plain(column): column for column in reversed(columns)}
    assigned: dict[str, str] = {}
    for role in ("status", "code", "message", "description", "remedy", "retry"):
        taken = assigned.values()
        named = (by_name[word] for word in _COLUMNS[role].split() if word in by_name)
        column = next((column for column in named if column not in taken), None)
        if column is not None:
            assigned[role] = column
    return assigned


def draft_table(table: Table, file: str, id: str, name: str) -> tuple[Draft, list[str]]:
    """The draft of a table: its codes; what it does not know of the bodies is a blank.

    Raises `InputError` when no column holds codes, statuses or messages.
    """
    roles = assign_columns(table.columns)
    if not {"code", "status", "message"} & roles.keys():
        shown = ", ".join(harmless(column) for column in table.columns[:12])
        raise InputError(
            f"{file}: no column is called like a code; there are {shown}",
            "name the column of the codes `code`, and the others status, message, description,"
            " resolution, retry",
        )
    codes, account = gather_rows(table.rows, roles)
    if not codes:
        raise InputError(f"{file} holds no code: the cells of that column are empty", None)
    told = [f"column {harmless(roles[role])} -> {role}" for role in _COLUMNS if role in roles]
    unused = [harmless(c) for c in table.columns if c not in roles.values()]
    if unused:
        told.append(f"not used: {', '.join(unused[:12])}")
    head = f"The codes come from {harmless(file)}; what it says of them is quoted above each."
    draft = Draft(id, name, head=(head,), codes=tuple(codes), examples=(BLANK_EXAMPLE,))
    advice = "a table does not say how a body looks: `errdecode catalog learn FILE...` reads that"
    account = [*table.account, *told, *account, f"codes to explain: {len(codes)}", advice]
    return _with_blanks(draft, "code" in roles), account


def _with_blanks(draft: Draft, coded: bool) -> Draft:
    """The places that a table does not tell."""
    code: dict[str, JSON] = {"at": f"{TO_DO} pointer to the code in the body, such as /error/code"}
    text: dict[str, JSON] = {
        "at": f"{TO_DO} pointer to the message in the body, such as /error/message"
    }
    places = {"code": code, "detail": text} if coded else {"detail": text}
    lines = [Line({**place, "is": "string"}) for place in places.values()]
    return draft._replace(
        required=tuple(lines),
        supporting=(Line({**code, "known": True}),) * coded,
        extract=tuple(Line([place], name=word) for word, place in places.items()),
    )


def gather_rows(rows: Sequence[Row], roles: dict[str, str]) -> tuple[list[CodeDraft], list[str]]:
    """The entries of a table, each once, and what is to be said of those that are left out."""
    key = next(role for role in ("code", "status", "message") if role in roles)
    found: dict[str, dict[int | None, list[str]]] = {}
    left_out = 0
    for row in rows:
        value = row.get(roles[key], "")
        status = read_status(row.get(roles.get("status", ""), ""))
        value = str(status or "") if key == "status" else value
        if not value:
            continue
        if harmless(value) != value or len(value) > LONGEST_CODE or len(found) >= MOST_CODES:
            left_out += 1
            continue
        heard = found.setdefault(value, {}).setdefault(status, [])
        heard += [text for text in _heard(row, roles, key) if text not in heard]
    account = [f"rows left out: {left_out}, too long, too many, or like a secret"] * bool(left_out)
    return [entry for value in found for entry in _entries(key, value, found[value])], account


def read_status(cell: str) -> int | None:
    """The HTTP status in a cell such as `404 Not Found`."""
    match = re.search(r"(?<!\d)[1-5]\d\d(?!\d)", cell[:200])
    return int(match[0]) if match else None


def _entries(key: str, value: str, by_status: dict[int | None, list[str]]) -> Iterator[CodeDraft]:
    """One entry, or one for each status where a code has several."""
    for status, heard in by_status.items():
        keys: dict[str, JSON] = {key: int(value) if key == "status" else value}
        said = [f"HTTP {status}"] if status and key != "status" and len(by_status) == 1 else []
        if status and len(by_status) > 1:
            keys["status"] = status
        yield CodeDraft(keys, tuple([*said, *heard][:_MOST_HEARD]))


def _heard(row: Row, roles: dict[str, str], key: str) -> Iterator[str]:
    """What a row says of its code, for comments."""
    for role in ("message", "description", "remedy", "retry"):
        cell = row.get(roles.get(role, ""), "")
        if cell and role != key:
            said = f'"{cell}"' if role == "message" else _SAID.get(role, "") + cell
            yield harmless(said)
