"""The catalog as it is shipped, and how the user's own formats lie over it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from errdecode.authoring.check import check_file
from errdecode.authoring.test import Trial, try_all
from errdecode.catalog import Catalog, open_catalog
from errdecode.compile import compile_catalog, load_folder, read_background, reference_of

Run = Callable[..., "tuple[int, str, str]"]
CATALOG = Path(__file__).parent.parent / "catalog"
FILES = sorted(CATALOG.glob("*.toml"))
IDS = [file.stem for file in FILES if file.stem != "http-status"]

OWN = """\
id = "{id}"
name = "{name}"
kind = "vendor"
documentation = "https://docs.example.com/errors"
reviewed = 2026-11-22
detect.required = [ {{ at = "/fault/id", is = "string" }}, {{ at = "/ticket" }} ]
extract.code = "/fault/id"
[[codes]]
code = "BUSY"
title = "{name} is busy"
meaning = "No orders are taken."
remedies = ["Wait."]
[[examples]]
name = "busy"
body = '{{"fault": {{"id": "BUSY"}}, "ticket": 7}}'
problems = [ {{ code = "BUSY" }} ]
"""
BUSY = '{"fault": {"id": "BUSY"}, "ticket": 7}'


def write_own(folder: Path, id: str = "acme", name: str = "Acme") -> Path:
    """Write a format of the user's own into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{id}.toml"
    file.write_text(OWN.format(id=id, name=name), encoding="utf-8")
    return file


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own, with a response to decode."""
    for name in ("CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.delenv("ERRDECODE_CATALOG", raising=False)
    (tmp_path / "busy.json").write_text(BUSY, encoding="utf-8")
    return tmp_path


def decoded(run: Run, home: Path, *options: str) -> tuple[str | None, str]:
    """The name of the format that the response is said to be in, and what was said beside it."""
    _, out, err = run("--json", *options, str(home / "busy.json"))
    format = json.loads(out)["format"]
    return format and format["name"], err


# ---------------------------------------------------------------- what is shipped


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_files_are_clean(file: Path) -> None:
    """Every shipped file passes the check."""
    assert [] == [f"{fault.line}: {fault.message}" for fault in check_file(file)]


@pytest.fixture(scope="module")
def trials() -> list[Trial]:
    """Every example and counterexample, tried once."""
    return list(try_all(open_catalog()))


@pytest.mark.parametrize("id", IDS)
def test_examples_are_won(id: str, trials: list[Trial]) -> None:
    """Every example is won by its own format and read as it says, every counterexample lost."""
    own = [trial for trial in trials if trial.format == id]

    assert own
    assert [] == [f"{trial.kind} {trial.name}: {trial.complaint}" for trial in own if trial.complaint]


def test_every_example_is_ahead(trials: list[Trial]) -> None:
    """No example that has to be recognised is a tie."""
    examples = [trial for trial in trials if trial.kind == "example"]

    assert [] == [(trial.format, trial.name) for trial in examples if trial.margin <= 0]


def test_statuses_are_no_format(run: Run, home: Path) -> None:
    """What HTTP itself says is knowledge: it explains, and is never recognised."""
    catalog = open_catalog()
    shapes = {shape.format for shape in catalog.shapes()}
    (home / "busy.json").write_text("<html><title>404 Not Found</title></html>", encoding="utf-8")

    assert "http-status" not in {*catalog.ids(), *shapes}
    assert decoded(run, home, "--status", "404")[0] is None


CODES = {
    "sessionm": """
        INTERNAL_SERVER_ERROR HTTPS_ONLY INVALID_AUTH_TOKEN USER_NOT_FOUND INVALID_API_KEY
        REQUIRES_REGISTERED_USER MISSING_DATA VALIDATION ACCESS_DENIED NOT_AVAILABLE NOT_FOUND
        ARGUMENT_ERROR""".split(),
    "talonone": ["Unknown", "Invalid type", "enum", "HMAC signature mismatch."],
    "journeyapps": """
        AUTHENTICATION_FAILED INTERNAL_SERVER_ERROR OBJECT_NOT_FOUND INVALID_VALUE
        INVALID_API_REQUEST ROUTE_ERROR ACCOUNT_NOT_FOUND BATCH_ABORTED TOO_MANY_REQUESTS""".split(),
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
    return [shape for shape in catalog.shapes() if shape.format in ids]


def test_overlays_change_no_weight(home: Path) -> None:
    """Thirty copies of a format in an overlay leave the built-in weights as they were."""
    before = weights(open_catalog(), IDS)
    text = (CATALOG / "telecomx.toml").read_text(encoding="utf-8")
    (home / "copies").mkdir()
    for number in range(30):
        copy = text.replace('id = "telecomx"', f'id = "copy-{number}"')
        (home / "copies" / f"copy-{number}.toml").write_text(copy, encoding="utf-8")
    catalog = open_catalog(home / "copies")

    assert len(IDS) + 30 == len(catalog.ids())
    assert before == weights(catalog, IDS)


def test_order_of_files_does_not_matter() -> None:
    """The index says the same of a format whatever the order of the files."""
    loaded, _ = load_folder(CATALOG)
    background = read_background(CATALOG / "background.json")
    heads = []
    for order in (loaded, loaded[::-1]):
        data = compile_catalog(order, reference_of(order, background))
        shapes = json.loads(data[: data.index(b"\n")])["shapes"]
        heads.append(sorted(shapes, key=lambda shape: (shape["format"], shape["name"])))

    assert heads[0] == heads[1]


# ---------------------------------------------------------------- overlays


def test_overlays_lie_over_each_other(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--catalog over $ERRDECODE_CATALOG over the user's folder over what is built in."""
    found = [decoded(run, home)]
    write_own(home / "config" / "errdecode" / "catalog", name="Theirs")
    found += [decoded(run, home)]
    write_own(home / "variable", name="Of the variable")
    monkeypatch.setenv("ERRDECODE_CATALOG", str(home / "variable"))
    found += [decoded(run, home)]
    write_own(home / "option", name="Of the option")
    found += [decoded(run, home, "--catalog", str(home / "option"))]

    assert [(None, ""), ("Theirs", ""), ("Of the variable", ""), ("Of the option", "")] == found


def test_an_overlay_replaces_a_built_in_format(run: Run, home: Path) -> None:
    """A file with a known id takes its place, and the report names the file."""
    file = write_own(home / "own", "telecomx", "My Telecom X")
    _, out, _ = run("--json", "--catalog", str(home / "own"), str(home / "busy.json"))
    catalog = open_catalog(home / "own")

    assert ["telecomx", "My Telecom X", str(file)] == [
        json.loads(out)["format"][word] for word in ("id", "name", "source")
    ]
    assert 1 == len([shape for shape in catalog.shapes() if shape.format == "telecomx"])


def test_a_bad_file_is_left_out(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One file that is wrong is warned of with its line; its neighbours and the others work."""
    bad = write_own(home / "own", "bad")
    bad.write_text(bad.read_text().replace("kind", "kid"), encoding="utf-8")
    write_own(home / "own")
    monkeypatch.setenv("ERRDECODE_CATALOG", str(home / "own"))
    name, err = decoded(run, home)

    assert ("Acme", True) == (name, f"{bad}:3: kid: unknown key 'kid'; did you mean 'kind'?" in err)
    assert {*IDS, "acme"} == set(open_catalog().ids())


def test_a_bad_file_that_was_asked_for(run: Run, home: Path) -> None:
    """What --catalog names has to be right, and has to be there: exit 4."""
    bad = write_own(home / "own", "bad")
    bad.write_text("x", encoding="utf-8")
    codes = [
        run("--catalog", str(home / name), str(home / "busy.json")) for name in ("own", "missing")
    ]

    assert [4, 4] == [code for code, _, _ in codes]
    assert f"{bad}:1: no TOML" in codes[0][2]


def test_nothing_is_picked_up_from_here(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The current folder plants nothing, under whatever name."""
    for name in ("", "catalog", ".errdecode", "errdecode/catalog", ".config/errdecode/catalog"):
        write_own(home / "here" / name)
    monkeypatch.chdir(home / "here")

    assert (None, "") == decoded(run, home)


# ---------------------------------------------------------------- the cache


def change_content(file: Path) -> None:
    """Another text of the same length, later."""
    write_own(file.parent, name="Emca")
    os.utime(file, ns=(1, 1))


def add_file(file: Path) -> None:
    """A second file that replaces nothing."""
    write_own(file.parent, "zeta")


def rename(file: Path) -> None:
    """The same content under another name is another format."""
    file.write_text(file.read_text().replace('id = "acme"', 'id = "beta"'), encoding="utf-8")
    file.rename(file.with_name("beta.toml"))


CHANGES = [
    (change_content, {"acme": "Emca"}),
    (add_file, {"acme": "Acme", "zeta": "Acme"}),
    (rename, {"beta": "Acme"}),
    (Path.unlink, {}),
]


@pytest.mark.parametrize(("change", "names"), CHANGES)
def test_the_cache_follows_the_files(
    home: Path, change: Callable[[Path], None], names: dict[str, str]
) -> None:
    """A change of content, name or number is seen at the next start."""
    file = write_own(home / "own")
    open_catalog(home / "own")
    change(file)
    catalog = open_catalog(home / "own")

    assert names == {id: catalog.name(id).name for id in set(catalog.ids()) - set(IDS)}


def test_the_cache_is_used(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What has not changed is not compiled again."""
    write_own(home / "own")
    before = open_catalog(home / "own").ids()
    monkeypatch.setattr("errdecode.compile.compile_catalog", None)

    assert before == open_catalog(home / "own").ids()


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"\x00" * 100])
def test_a_damaged_cache_is_built_anew(home: Path, damage: bytes) -> None:
    """Whatever another program left in the cache's place does no harm."""
    before = open_catalog().ids()
    for file in (home / "cache" / "errdecode").iterdir():
        file.write_bytes(damage)

    assert before == open_catalog().ids()


def test_a_cache_that_cannot_be_written(home: Path) -> None:
    """A read-only home costs time, nothing else."""
    (home / "cache").write_text("in the way", encoding="utf-8")

    assert open_catalog().ids() == sorted(IDS)


def test_several_at_once(home: Path) -> None:
    """Processes that start together on an empty cache all get the whole catalog."""
    write_own(home / "own")
    program = "from errdecode.catalog import open_catalog; print(*open_catalog('own').ids())"
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program],
            cwd=home,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(CATALOG.parent)},
        )
        for _ in range(4)
    ]
    printed = {process.communicate()[0] for process in started}
    left = [file.suffix for file in (home / "cache" / "errdecode").iterdir()]

    assert {" ".join(sorted([*IDS, "acme"])) + "\n"} == printed
    assert [".index", ".index"] == left


def test_an_installed_catalog_is_tested_in_place(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a wheel the files and their index lie in the package; the tools find them there."""
    shipped = home / "errdecode" / "_catalog"
    shutil.copytree(CATALOG, shipped)
    monkeypatch.setattr("errdecode.index.BUILT_IN", str(shipped))
    from errdecode.index import compile_built_in

    (shipped / "index").write_bytes(compile_built_in(str(shipped))[0])
    code, out, _ = run("catalog", "test", "--only", "telecomx")

    assert (0, False) == (code, (home / "cache").exists()), out
