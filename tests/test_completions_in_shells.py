"""The completion scripts, tried in the real shells.

bash and zsh run on a pseudo-terminal, where a key inserts all that TAB would offer and another one
hands over the line: words are cut, quoted and replaced as they are for a person.
"""

from __future__ import annotations

import os
import pty
import select
import shlex
import shutil
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import errdecode
from errdecode.cli.completion import FILES, SHELLS

COMPLETIONS = Path(__file__).parent.parent / "completions"
PATIENCE = 30
"""Seconds until a shell that does not answer has failed; an answer takes about a tenth of one."""

Complete = Callable[[str], set[str]]

CATALOG_FILE = r"""
id = "{id}"
name = "House"
kind = "vendor"
documentation = "https://docs.example.com/errors"
reviewed = 2026-11-22
[detect]
required = [ {{ at = "/house/code", is = "string" }} ]
[extract]
code = "/house/code"
[[codes]]
code = "{code}"
title = "The house is closed"
meaning = "Nobody is at home."
remedies = ["Come back later."]
[[examples]]
name = "closed"
body = '{{"house": {{"code": "{code}"}}}}'
problems = [ {{ code = "{code}" }} ]
"""


# ---------------------------------------------------------------- a desk to try them at

PROGRAM = """\
#!/bin/sh
kept="{kept}/$(printf '%s\\0' "$@" | cksum | tr ' ' -)"
test -e "$kept" || {{ "{python}" -m errdecode "$@" >"$kept.$$" && mv "$kept.$$" "$kept"; }}
cat "$kept"
"""
"""The program, asked once what several shells ask: its start takes longer than they do."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with files to complete, the program on its PATH, and two folders of own formats."""
    desk = tmp_path_factory.mktemp("desk")
    for name in ("order.json", "explained notes.txt", "it's $(touch trap).json"):
        (desk / name).touch()
    (desk / "shots").mkdir()
    (desk / "catalog").mkdir()
    settings = desk / "config" / "errdecode" / "catalog"
    settings.mkdir(parents=True)
    own = CATALOG_FILE.format(id="housefmt", code="it is $(touch trap)")
    (settings / "housefmt.toml").write_text(own, encoding="utf-8")
    other = CATALOG_FILE.format(id="yonder", code="Yonder:closed")
    (desk / "shots" / "yonder.toml").write_text(other, encoding="utf-8")
    program = desk / "bin" / "errdecode"
    (desk / "bin" / "kept").mkdir(parents=True)
    text = PROGRAM.format(python=sys.executable, kept=desk / "bin" / "kept")
    program.write_text(text, encoding="utf-8")
    program.chmod(0o755)
    return desk


@pytest.fixture(scope="module")
def environment(desk: Path, warm: Path) -> dict[str, str]:
    """What a shell at the desk starts with: nobody compiles the catalog with a finger on TAB."""
    return os.environ | {
        "PATH": f"{desk / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(Path(errdecode.__file__).parent.parent),
        "XDG_CONFIG_HOME": str(desk / "config"),
        "XDG_CACHE_HOME": str(warm),
        "HOME": str(desk),
        "ZDOTDIR": str(desk / "bin"),
        "TERM": "xterm",
        "LC_ALL": "C.UTF-8",
    }


BASH = """
source {script}
set +o history
bind '"\\C-xa": insert-completions'
_hand_over() {{ printf '%s\\0' "$READLINE_LINE" >{answers}; READLINE_LINE='' READLINE_POINT=0; }}
bind -x '"\\C-xp": _hand_over'
PS1=
"""
ZSH = """
fpath=({folder} $fpath)
autoload -Uz compinit && compinit -u -D
zle -C all-of-them complete-word _generic
zstyle ':completion:all-of-them:*' completer _all_matches _complete
zstyle ':completion:all-of-them:*' insert true
hand-over() {{ print -rn -- "$BUFFER"$'\\0' >{answers}; BUFFER= }}
zle -N hand-over
bindkey '^Xa' all-of-them
bindkey '^Xp' hand-over
PS1= RPS1=
"""


class Terminal:
    """A shell on a pseudo-terminal that inserts all completions of a line and hands it over."""

    def __init__(self, command: list[str], answers: Path, desk: Path, env: dict[str, str]) -> None:
        self._keyboard, screen = pty.openpty()
        raw = termios.tcgetattr(screen)
        raw[3] &= ~(termios.ECHO | termios.ICANON)
        termios.tcsetattr(screen, termios.TCSANOW, raw)
        os.mkfifo(answers)
        self._answers = os.open(answers, os.O_RDWR | os.O_NONBLOCK)
        self._shell = subprocess.Popen(
            command, cwd=desk, env=env, stdin=screen, stdout=screen, stderr=screen,
            start_new_session=True,
        )  # fmt: skip
        os.close(screen)

    def complete(self, line: str) -> str:
        """The line after all its completions were inserted."""
        os.write(self._keyboard, line.encode() + b"\x18a\x18p")
        answer, seen = b"", b""
        until = time.monotonic() + PATIENCE
        while not answer.endswith(b"\0"):
            ready, _, _ = select.select([self._answers, self._keyboard], [], [], 0.5)
            if self._answers in ready:
                answer += os.read(self._answers, 65536)
            elif self._keyboard in ready:
                seen += os.read(self._keyboard, 65536)
            elif time.monotonic() > until:
                pytest.fail(f"the shell does not answer: {seen!r}")
        return answer[:-1].decode()

    def close(self) -> None:
        """End the shell."""
        self._shell.kill()
        self._shell.wait()
        os.close(self._keyboard)
        os.close(self._answers)


def inserted(line: str, whole: str) -> set[str]:
    """The words that stand in a line in place of the one that was completed.

    Without the `=` or `/` that some shells put behind an option or a folder.
    """
    if whole.rstrip() == line.rstrip():
        return set()
    before = len(shlex.split(line.rpartition(" ")[0]))
    words = shlex.split(whole)[before:]
    return {word.rstrip("=/") for word in words}


@pytest.fixture(scope="module")
def in_bash(desk: Path, environment: dict[str, str]) -> Iterator[Complete]:
    """Completion in bash, by readline."""
    settings, answers = desk / "bin" / "bashrc", desk / "bin" / "bash-answers"
    settings.write_text(BASH.format(script=COMPLETIONS / FILES["bash"], answers=answers))
    shell = Terminal(
        ["bash", "--noprofile", "--rcfile", str(settings), "-i"], answers, desk, environment
    )
    yield lambda line: inserted(line, shell.complete(line))
    shell.close()


@pytest.fixture(scope="module")
def in_zsh(desk: Path, environment: dict[str, str]) -> Iterator[Complete]:
    """Completion in zsh, by its line editor."""
    answers = desk / "bin" / "zsh-answers"
    settings = ZSH.format(folder=COMPLETIONS, answers=answers)
    (desk / "bin" / ".zshrc").write_text(settings)
    shell = Terminal(["zsh", "-d", "-i"], answers, desk, environment)
    yield lambda line: inserted(line, shell.complete(line))
    shell.close()


@pytest.fixture(scope="module")
def in_fish(desk: Path, environment: dict[str, str]) -> Complete:
    """Completion in fish, as `complete -C` lists it."""
    program = 'source $argv[1]; complete -C "$argv[2]"'
    script = str(COMPLETIONS / FILES["fish"])

    def complete(line: str) -> set[str]:
        done = subprocess.run(
            ["fish", "--no-config", "-c", program, script, line],
            cwd=desk, env=environment, capture_output=True, text=True, check=True,
            timeout=PATIENCE,
        )  # fmt: skip
        return {row.partition("\t")[0].rstrip("=/") for row in done.stdout.splitlines()}

    return complete


@pytest.fixture(scope="module")
def in_powershell(desk: Path, environment: dict[str, str]) -> Complete:
    """Completion in PowerShell, as `TabExpansion2` lists it."""
    program = (
        ". $env:SCRIPT; (TabExpansion2 -inputScript $env:LINE -cursorColumn $env:LINE.Length)"
        ".CompletionMatches | ForEach-Object { $_.CompletionText }"
    )
    script = str(COMPLETIONS / FILES["powershell"])

    def complete(line: str) -> set[str]:
        done = subprocess.run(
            ["pwsh", "-NoProfile", "-NonInteractive", "-Command", program],
            cwd=desk, env=environment | {"SCRIPT": script, "LINE": line},
            capture_output=True, text=True, check=True, timeout=PATIENCE,
        )  # fmt: skip
        return {word.strip("'/").removeprefix("./") for word in done.stdout.splitlines()}

    return complete


@pytest.fixture(params=SHELLS)
def complete(request: pytest.FixtureRequest) -> Complete:
    """Completion in one shell after the other; those that are not installed are skipped."""
    program = {"powershell": "pwsh"}.get(request.param, request.param)
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    found: Complete = request.getfixturevalue(f"in_{request.param}")
    return found


# ---------------------------------------------------------------- what is completed


OFFERED = {
    "errdecode ": {"decode", "explain", "formats", "catalog", "order.json", "shots"},
    "errdecode form": {"formats"},
    "errdecode ord": {"order.json"},
    "errdecode catalog ": {"check", "new", "test"},
    "errdecode catalog ch": {"check"},
    "errdecode --ascii catalog ch": {"check"},
    'errdecode "explain" tal': {"talonone"},
    "errdecode --verb": {"--verbose"},
    "errdecode order.json --verb": {"--verbose"},
    "errdecode why --show": {"--show-secrets"},
    "errdecode explain --op": {"--operation"},
    "errdecode catalog test --on": {"--only"},
    "errdecode --output ": {"terminal", "short", "json", "markdown"},
    "errdecode -v -o sh": {"short"},
    "errdecode --output=sh": {"--output=short"},
    "errdecode --json explain --cat": {"--catalog"},
    "errdecode completion ": {"bash", "zsh", "fish", "powershell"},
    "errdecode --format tal": {"talonone"},
    "errdecode --format=tal": {"--format=talonone"},
    "errdecode --format housef": {"housefmt"},
    "errdecode --format qqq": set(),
    "errdecode --catalog shots --format yon": {"yonder"},
    "errdecode --catalog=./shots explain yon": {"yonder"},
    "errdecode formats tal": {"talonone"},
    "errdecode formats sh": {"show"},
    "errdecode formats show tal": {"talonone"},
    "errdecode explain tal": {"talonone"},
    "errdecode explain oauth2 invalid_gr": {"invalid_grant"},
    "errdecode explain oauth2 400 invalid_gr": {"invalid_grant"},
    "errdecode explain oauth2 invalid_grant invalid_gr": set(),
    "errdecode explain talonone HMAC": {"HMAC signature mismatch."},
    "errdecode explain housefmt it": {"it is $(touch trap)"},
    "errdecode --json explain oauth2 invalid_gr": {"invalid_grant"},
    "errdecode explain --catalog shots yonder ": {"Yonder:closed"},
    "errdecode explain --catalog shots yonder Yonder:cl": {"Yonder:closed"},
    "errdecode --request ord": {"order.json"},
    "errdecode --request=ord": {"--request=order.json"},
    "errdecode --catalog sho": {"shots"},
    "errdecode --catalog ord": set(),
    "errdecode catalog check ord": {"order.json"},
    "errdecode catalog new ": set(),
    "errdecode --method ": set(),
    "errdecode -- --verb": set(),
}
"""What stands on the line, and what must be among the words offered; nothing, when empty."""


@pytest.mark.parametrize("line", OFFERED)
def test_offers(complete: Complete, line: str) -> None:
    """Every place of a line is completed with what may stand there."""
    expected = OFFERED[line]
    offered = complete(line)

    assert expected == (offered & expected if expected else offered)


ELSEWHERE = {
    "errdecode < order.json --verb": {"--verbose"},
    "errdecode < ord": {"order.json"},
    "cat order.json | errdecode --verb": {"--verbose"},
    "X=1 errdecode explain tal": {"talonone"},
    "errdecode explained": {"explained notes.txt"},
    "errdecode it": {"it's $(touch trap).json"},
}
"""The same for lines that PowerShell reads differently."""


@pytest.mark.parametrize("line", ELSEWHERE)
def test_offers_elsewhere(complete: Complete, line: str) -> None:
    """Redirections, pipes, variables and odd file names do not get in the way."""
    assert ELSEWHERE[line] == complete(line) & ELSEWHERE[line]


HOSTILE = (
    "errdecode --format $(touch trap)",
    'errdecode --format "$(touch trap)',
    "errdecode --format=`touch trap`",
    "errdecode --format '$(touch trap)",
    "errdecode explain $(touch trap) inv",
    'errdecode explain "$(touch trap)" inv',
    "errdecode explain oauth2 $(touch trap)",
    "errdecode explain (touch trap) inv",
    "errdecode --catalog $(touch trap) --format tal",
    "errdecode --catalog=$(touch trap) explain tal",
    'errdecode --catalog "a $(touch trap)" formats show tal',
    "errdecode $(touch trap) --verb",
    "errdecode a[$(touch trap)] --verb",
    "errdecode ${x:=$(touch trap)} --verb",
    "errdecode explain a\\' tal",
    "errdecode explain * ",
    "errdecode it",
    "errdecode explain housefmt it",
)


@pytest.mark.parametrize("line", HOSTILE)
def test_nothing_on_the_line_is_run(complete: Complete, line: str, desk: Path) -> None:
    """TAB evaluates nothing: neither what stands on the line nor what the catalog holds."""
    complete(line)

    assert not (desk / "trap").exists()
