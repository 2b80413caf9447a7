"""The catalog as it is shipped: clean, tested, complete, and weighed once and for all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Run

from errdecode.authoring.calibration import calibrate, find_wrong
from errdecode.authoring.check import run_check
from errdecode.authoring.matrix import Trial
from errdecode.authoring.test import examples_of, load_formats, try_all
from errdecode.catalog import Catalog, open_catalog
from errdecode.catalog.store import Store
from errdecode.compile import compile_catalog, load_folder, read_background, reference_of
from errdecode.format import Format

CATALOG = Path(__file__).parent.parent / "catalog"
FILES = sorted(CATALOG.glob("*.toml"))
IDS = [file.stem for file in FILES if file.stem != "http-status"]

# ---------------------------------------------------------------- what is shipped


def test_files_are_clean(capsys: pytest.CaptureFixture[str]) -> None:
    """Every shipped file passes the check."""
    code = run_check([CATALOG])

    assert (0, f"{len(FILES)} files checked, no faults\n") == (code, capsys.readouterr().out)


@pytest.fixture(scope="module")
def formats() -> list[tuple[str, Format]]:
    """Every format as its file has it, read once, by its id."""
    return list(load_formats(open_catalog()))


@pytest.fixture(scope="module")
def trials(formats: list[tuple[str, Format]]) -> list[Trial]:
    """Every example and counterexample, tried once."""
    return list(try_all(open_catalog(), formats))


@pytest.mark.parametrize("id", IDS)
def test_examples_are_won(id: str, trials: list[Trial]) -> None:
    """Every example is won by its own format and read as it says, every counterexample lost."""
    own = [trial for trial in trials if trial.format == id]

    assert own
    assert [] == [
        f"{trial.kind} {trial.name}: {trial.complaint}" for trial in own if trial.complaint
    ]


def test_certain_claims_are_right(formats: list[tuple[str, Format]]) -> None:
    """Of damaged examples hardly one is taken for certain for what it is not."""
    claims = list(calibrate(open_catalog(), examples_of(formats)))

    assert len(claims) > 10_000
    assert [] == find_wrong(claims)


def test_every_example_is_ahead(trials: list[Trial]) -> None:
    """No example that has to be recognised is a tie."""
    examples = [trial for trial in trials if trial.kind == "example"]

    assert [] == [(trial.format, trial.name) for trial in examples if trial.margin <= 0]


def test_statuses_are_no_format(run: Run, tmp_path: Path) -> None:
    """What HTTP itself says is knowledge: it explains, and is never recognised."""
    catalog = open_catalog()
    shapes = {shape.format for shape in catalog.all_shapes()}
    page = tmp_path / "404.html"
    page.write_text("<html><title>404 Not Found</title></html>", encoding="utf-8")
    _, out, _ = run("--json", "--status", "404", str(page))

    assert "http-status" not in {*catalog.ids(), *shapes}
    assert json.loads(out)["format"] is None


CODES = {
    "sessionm": """
        INTERNAL_SERVER_ERROR HTTPS_ONLY INVALID_AUTH_TOKEN USER_NOT_FOUND INVALID_API_KEY
        REQUIRES_REGISTERED_USER MISSING_DATA VALIDATION ACCESS_DENIED NOT_AVAILABLE NOT_FOUND
        ARGUMENT_ERROR""".split(),
    "talonone": ["Unknown", "Invalid type", "enum", "HMAC signature mismatch."],
    "journeyapps": """
        AUTHENTICATION_FAILED INTERNAL_SERVER_ERROR OBJECT_NOT_FOUND INVALID_VALUE
        INVALID_API_REQUEST ROUTE_ERROR ACCOUNT_NOT_FOUND BATCH_ABORTED
        TOO_MANY_REQUESTS""".split(),
    "telecomx": ["expired", "credentials_invalid", "format_error", "invalid_token"],
    "soundbite": """
        ARG_INVALID ARG_INVALID_DATA ARG_INVALID_CHAR ARG_INVALID_FORMAT ARG_INVALID_TYPE ARG_NULL
        ARG_TOO_LARGE ARG_TRUNCATED ATTRIBUTE_INVALID ATTRIBUTE_INVALID_DATA ATTRIBUTE_INVALID_CHAR
        ATTRIBUTE_INVALID_FORMAT ATTRIBUTE_INVALID_TYPE ATTRIBUTE_NULL ATTRIBUTE_TOO_SMALL
        ATTRIBUTE_TOO_LARGE ATTRIBUTE_TRUNCATED AUTHORIZATION_FAILURE
        INBOUND_DEVICE_ALREADY_MAPPED_TO_KEYWORD INTERNAL_ERROR INVALID_STATE INVALID_OBJECT_TYPE
        INVALID_PASSWORD NO_SESSION NOT_SUPPORTED NOT_IMPLEMENTED OBJECT_EXISTS OBJECT_NOT_EXISTS
        RESULT_TOO_LARGE SYSTEM_LIMIT_EXCEEDED ACTIVE_RULE_SET_GROUPS_ASSOCIATED
        AUTHENTICATION_FAILURE""".split(),
}
"""What the documents of the five formats list."""

TELECOMX_MESSAGES = {
    ("expired", "Session has expired, please login"),
    ("credentials_invalid", "Authorization required, please login"),
    ("format_error", "Authorization header format is Authorization: Bearer <token>"),
    ("invalid_token", "Undecipherable"),
    ("invalid_token", "IP address not authenticated"),
    ("invalid_token", "Please login"),
}
"""The six general rows, all with status 401."""


def test_documented_codes_are_all_there() -> None:
    """The documents list 12, 4, 9, 4 and 32 of them."""
    assert [12, 4, 9, 4, 32] == [len(set(codes)) for codes in CODES.values()]


@pytest.mark.parametrize("id", CODES)
def test_documented_codes_are_explained(run: Run, id: str) -> None:
    """`errdecode explain` knows every code of the documents, with something to do."""
    for code in CODES[id]:
        status, out, err = run("explain", "--json", id, code)
        found = [entry["explanation"] for entry in json.loads(out)] if status == 0 else []

        assert found, (code, status, out, err)
        assert all(one["title"] and one["meaning"] and one["remedies"] for one in found), code


def test_general_rows_of_telecomx() -> None:
    """One code has several messages, and each is an entry of its own."""
    codes = open_catalog().format("telecomx").codes

    assert {(c.code, c.message) for c in codes if c.status == 401} >= TELECOMX_MESSAGES


# ---------------------------------------------------------------- weights are frozen


def weights(catalog: Catalog, ids: list[str]) -> list[object]:
    """What detection knows of some formats."""
    return [vars(shape)["_entry"] for shape in catalog.all_shapes() if shape.format in ids]


def test_overlays_change_no_weight(tmp_path: Path) -> None:
    """Thirty copies of a format in an overlay leave the built-in weights as they were."""
    before = weights(open_catalog(), IDS)
    text = (CATALOG / "telecomx.toml").read_text(encoding="utf-8")
    for number in range(30):
        copy = text.replace('id = "telecomx"', f'id = "copy-{number}"')
        (tmp_path / f"copy-{number}.toml").write_text(copy, encoding="utf-8")
    catalog = open_catalog(tmp_path)

    assert len(IDS) + 30 == len(catalog.ids())
    assert before == weights(catalog, IDS)


def test_order_of_files_does_not_matter() -> None:
    """The index says the same of a format whatever the order of the files."""
    loaded = [one for one in load_folder(CATALOG)[0] if not one.format.extends][:40]
    background = read_background(CATALOG / "background.json")
    said = []
    for order in (loaded, loaded[::-1]):
        store = Store(compile_catalog(order, reference_of(order, background)))
        buckets = store.head["buckets"]
        assert isinstance(buckets, dict)
        gates = {
            key: sorted((id, gate) for _, id, _, *gate in store.read(place))  # type: ignore[misc,union-attr]
            for key, place in buckets.items()
        }
        catalog = Catalog([store])
        formats = {id: catalog.format(id) for id in catalog.ids()}
        said.append((gates, formats, sorted(map(str, weights(catalog, list(formats))))))

    assert said[0] == said[1]
