"""`errdecode catalog import FILE`: a draft from an OpenAPI document, or from a table of codes."""

from __future__ import annotations

import json
import re

from errdecode.authoring.draft import check_id, name_for, write_draft
from errdecode.authoring.importing.openapi import draft_openapi
from errdecode.authoring.importing.table import draft_table, read_csv, read_json_table
from errdecode.errors import InputError
from errdecode.model import JSON
from errdecode.regex import expression

_YAML = expression(r"^(?:---|%YAML|[\"']?(?:openapi|swagger)[\"']?[ \t]*:)", re.MULTILINE)
_TAKES = "it takes an OpenAPI 3 document in JSON, or a table of codes in CSV or JSON"


def import_text(text: str, file: str, id: str, name: str | None) -> tuple[str, list[str]]:
    """Write a draft from a description, and an account of what was taken for what.

    `file` is what the user calls it. Raises `UsageError` for an id that cannot be one, `InputError`
    for a text that is neither an OpenAPI 3 document nor a table of codes.
    """
    id = check_id(id)
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise InputError(f"{file} is empty", _TAKES)
    if text.lstrip()[0] in "{[":
        value = _read_json(text, file)
        if isinstance(value, dict) and ("openapi" in value or "swagger" in value):
            _check_version(value, file)
            draft, account = draft_openapi(value, file, id, name)
        else:
            table = read_json_table(value, file)
            draft, account = draft_table(table, file, id, name or name_for(id))
    else:
        if _YAML.search(text[:20_000]):
            raise InputError(
                f"{file} is YAML, which errdecode does not read",
                "convert it to JSON first, for example: yq -o=json . api.yaml > api.json",
            )
        draft, account = draft_table(read_csv(text, file), file, id, name or name_for(id))
    account.append(f"save it as {id}.toml, fill in what begins with TODO:, and check it")
    return write_draft(draft), account


def _read_json(text: str, file: str) -> JSON:
    try:
        value: JSON = json.loads(text)
    except json.JSONDecodeError as fault:
        where = f"line {fault.lineno}, column {fault.colno}"
        raise InputError(f"{file} is no JSON: {fault.msg} at {where}", _TAKES) from None
    except (RecursionError, ValueError):  # nested too deep, or an integer of too many digits
        raise InputError(f"{file} is nested too deep, or holds a number too long", _TAKES) from None
    return value


def _check_version(document: dict[str, JSON], file: str) -> None:
    version = str(document.get("openapi", document.get("swagger")))
    if not re.match(r"3\.\d", version):
        named = "Swagger" if "swagger" in document else "OpenAPI"
        raise InputError(
            f"{file} is {named} {version[:20]}, and `catalog import` reads OpenAPI 3",
            "convert it first, for example: npx swagger2openapi api.json -o api3.json",
        )
