"""The wheel, built and installed elsewhere: all that a user gets, with no checkout in sight."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterator
from email.parser import Parser
from pathlib import Path

import pytest
from conftest import ROOT

pytest.importorskip("hatchling", reason="the wheel is built without the network")

PARTS = ("pyproject.toml", "README.md", ".github", "errdecode", "catalog", "completions")
CAPTURE = ROOT / "tests" / "captures" / "talonone-unknown-attribute-session.paste"
FIRST = min(file.stem for file in (ROOT / "catalog").glob("*.toml"))
BUILD = "from hatchling.build import build_wheel; import sys; print(build_wheel(sys.argv[1]))"


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the tree, so that nothing is left in the checkout."""
    tree, out = tmp_path_factory.mktemp("tree"), tmp_path_factory.mktemp("dist")
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, tree / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, tree / part)
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(out)],
        cwd=tree,
        env=_without_python_settings(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    return out / done.stdout.split()[-1]


@pytest.fixture(scope="session")
def contents(wheel: Path) -> Iterator[zipfile.ZipFile]:
    """The wheel's files."""
    with zipfile.ZipFile(wheel) as opened:
        yield opened


class Installed:
    """The program in an environment of its own, with nothing of the checkout in reach."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.scripts = folder / ("Scripts" if os.name == "nt" else "bin")
        self.folder = folder
        self.home = home

    def __call__(self, *words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run the program, or Python when the first word is `python`."""
        program = "python" if words[0] == "python" else "errdecode"
        rest = words[1:] if program == "python" else words
        return subprocess.run(
            [str(self.scripts / program), *rest],
            cwd=self.home,
            env={**_without_python_settings(), "HOME": str(self.home)},
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )


def _without_python_settings() -> dict[str, str]:
    """The environment without what would lead Python back to the checkout."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel in a new environment; its dependencies are those of the running one."""
    folder = tmp_path_factory.mktemp("environment")
    home = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    program = Installed(folder, home)
    paths = sysconfig.get_paths(vars={"base": str(folder), "platbase": str(folder)})
    site = Path(paths["purelib"])
    command = [sys.executable, "-m", "pip", "--python", str(program.scripts / "python")]
    command += ["install", "--no-deps", "--no-index", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*command, str(wheel)], check=True, env=_without_python_settings())
    (site / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    shutil.copy(CAPTURE, home / "paste.txt")
    return program


# ---------------------------------------------------------------- what is in it


def test_it_holds_what_it_needs(contents: zipfile.ZipFile) -> None:
    """The compiled index, the catalog, the templates, the marker of types and the licence."""
    names = set(contents.namelist())
    toml = {f"errdecode/_catalog/{path.name}" for path in (ROOT / "catalog").glob("*.toml")}
    code = {str(path.relative_to(ROOT)) for path in (ROOT / "errdecode").rglob("*.py")}
    templates = {
        str(path.relative_to(ROOT)) for path in (ROOT / "errdecode").rglob("*") if path.suffix
    }

    assert set() == toml - names
    assert set() == code - names - {"errdecode/authoring/wheel.py"}
    assert set() == {t for t in templates - names if ".pyc" not in t} - code
    assert "errdecode/_catalog/index" in names
    assert "errdecode/_catalog/background.json" in names
    assert "errdecode/py.typed" in names
    assert [name for name in names if name.endswith("licenses/.github/LICENSE")]


def test_it_holds_nothing_else(contents: zipfile.ZipFile) -> None:
    """No test, no cache, no build hook; one package and its data."""
    tops = {name.split("/")[0] for name in contents.namelist()}
    odd = [name for name in contents.namelist() if "test_" in name or "__pycache__" in name]

    assert {"errdecode"} == {top for top in tops if not top.startswith("errdecode-")}
    assert [] == odd
    assert "errdecode/authoring/wheel.py" not in contents.namelist()


def test_completions_are_data_files(contents: zipfile.ZipFile) -> None:
    """Each shell finds its script where it looks for them."""
    found = {name.split(".data/data/")[1] for name in contents.namelist() if ".data/" in name}

    assert found == {
        "share/bash-completion/completions/errdecode",
        "share/zsh/site-functions/_errdecode",
        "share/fish/vendor_completions.d/errdecode.fish",
        "share/errdecode/errdecode.ps1",
    }


def test_it_asks_for_three_packages(contents: zipfile.ZipFile) -> None:
    """typer, rich and jsonpointer are all that an installation brings along."""
    (name,) = [name for name in contents.namelist() if name.endswith(".dist-info/METADATA")]
    metadata = Parser().parsestr(contents.read(name).decode())
    wanted = metadata.get_all("Requires-Dist") or []
    plain = [one.split(">")[0].split("<")[0].strip() for one in wanted if "extra ==" not in one]

    assert ["jsonpointer", "rich", "typer"] == sorted(plain)
    assert metadata["Name"] == "errdecode"
    assert metadata["Requires-Python"] == ">=3.11"


# ---------------------------------------------------------------- what it does


def test_it_runs_from_its_own_place(installed: Installed) -> None:
    """The program that runs is the installed one."""
    place = installed("python", "-c", "import errdecode; print(errdecode.__file__)").stdout

    assert place.startswith(str(installed.folder))


def test_it_decodes(installed: Installed) -> None:
    """The main job, from a file and from standard input."""
    answer = installed("paste.txt")
    piped = installed("-", stdin=CAPTURE.read_text(encoding="utf-8"))

    assert (0, "") == (answer.returncode, answer.stderr)
    assert "Talon.One (certain)" in answer.stdout
    assert "/attributes/" in answer.stdout
    assert (0, "") == (piped.returncode, piped.stderr)


def test_it_speaks_json(installed: Installed) -> None:
    """`--json` and its schema."""
    report = json.loads(installed("--json", "paste.txt").stdout)
    schema = json.loads(installed("--json-schema").stdout)

    assert report["format"]["id"] == "talonone"
    assert report.keys() <= schema["properties"].keys()


@pytest.mark.parametrize("output", ["terminal", "short", "json", "markdown"])
def test_it_has_every_output(installed: Installed, output: str) -> None:
    """No output lacks a file of its own."""
    done = installed("-vv", "--color", "always", "--output", output, "paste.txt")

    assert (0, "") == (done.returncode, done.stderr)


@pytest.mark.parametrize(
    ("line", "begins"),
    [
        ("--version", "errdecode "),
        ("-h", "Usage: errdecode"),
        ("why paste.txt", "paste.txt: talonone, certain"),
        ("explain telecomx invalid_token", "invalid_token"),
        ("explain 404", "HTTP 404: "),
        ("formats", f"{FIRST} "),
        ("scan paste.txt", "1 error in 1 group"),
        ("formats show talonone", "Talon.One (talonone)"),
        ("catalog new example-pay", "#"),
        ("completion bash", "# "),
        ("completion zsh", "#compdef errdecode"),
        ("completion fish", "# "),
        ("completion powershell", "# "),
        ("completion --words ids talon", f"{FIRST}\t"),
        ("python -m errdecode formats", f"{FIRST} "),
        ("python -m errdecode --version", "errdecode "),
    ],
)
def test_it_has_every_command(installed: Installed, line: str, begins: str) -> None:
    """Every command does its job without the checkout."""
    done = installed(*line.split())

    assert (0, "", begins) == (done.returncode, done.stderr, done.stdout[: len(begins)])


def test_it_checks_and_tests_a_catalog(installed: Installed) -> None:
    """A user's file is checked, tested against all built-in formats, and used in their place."""
    folder = installed.home / "mine"
    folder.mkdir(exist_ok=True)
    shutil.copy(ROOT / "catalog" / "telecomx.toml", folder)
    checked = installed("catalog", "check", "mine")
    tested = installed("catalog", "test", "mine", "--only", "telecomx")
    body = '{"error": {"code": "mvnoAccount", "message": "MVNO account not found", "status": 404}}'
    used = installed("--json", "--catalog", "mine", stdin=body)

    assert (0, "") == (checked.returncode, checked.stderr), checked.stdout
    assert (0, "") == (tested.returncode, tested.stderr), tested.stdout
    assert json.loads(used.stdout)["format"]["source"] == os.path.join("mine", "telecomx.toml")


def test_the_built_in_catalog_passes_its_own_test(installed: Installed) -> None:
    """The examples in the wheel are read from the wheel."""
    done = installed("catalog", "test", "--only", "talonone")

    assert (0, "") == (done.returncode, done.stderr), done.stdout


def test_it_parses_no_toml(installed: Installed) -> None:
    """The shipped index is used: nothing is compiled, and nothing is written to the cache."""
    code = (
        "import sys\nfrom errdecode.cli import main\n"
        "main(['paste.txt'])\nprint(*sys.modules, sep='\\n', file=sys.stderr)"
    )
    loaded = installed("python", "-c", code).stderr.split("\n")

    assert set() == {"tomllib", "errdecode.compile", "typer"} & set(loaded)


def test_the_index_is_the_catalogs(contents: zipfile.ZipFile, warm: Path) -> None:
    """The index is what the catalog beside it compiles to, whoever compiles it: here the wheel's
    build and the checkout, whose cache has a line before it."""
    folder = "errdecode/_catalog/"
    files = [ROOT / "catalog" / "background.json", *(ROOT / "catalog").glob("*.toml")]
    (cached,) = (warm / "errdecode").glob("built-in-*.index")
    _, _, index = cached.read_bytes().partition(b"\n")

    assert [] == [f for f in files if f.read_bytes() != contents.read(f"{folder}{f.name}")]
    assert index == contents.read(f"{folder}index")


def test_the_library_is_typed_and_whole(installed: Installed) -> None:
    """What the package promises can be imported from where it is installed."""
    code = "import errdecode; print([bool(getattr(errdecode, n)) for n in errdecode.__all__])"
    done = installed("python", "-c", code)

    assert (0, "") == (done.returncode, done.stderr)
    assert "False" not in done.stdout
