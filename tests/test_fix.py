"""The laws of `fix`: what you sent, corrected in place; masked unless asked; nothing is sent."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from errdecode.capture import read_exchanges
from errdecode.cli import main
from errdecode.model import Text
from errdecode.pipeline import decode
from errdecode.render.fix import MASKED, NO_QUOTES, Fixed, fix

SECRET = "sk_live_Zq8Xw2Lr7Tn4Vb6Km1Pd9Hs3"
ERROR = json.dumps(
    {
        "message": "The submitted data was invalid",
        "errors": [
            {
                "title": "enum",
                "details": 'state must be one of the following: "open", "it\'s shut"',
                "source": {"pointer": "/state"},
            }
        ],
    }
)
Run = Callable[..., tuple[int, str, str]]


def answer(*faults: tuple[str, str]) -> str:
    """A response that names faults, each with its pointer."""
    errors = [
        {"title": "Invalid", "details": detail, "source": {"pointer": pointer}}
        for pointer, detail in faults
    ]
    return json.dumps({"message": "The submitted data was invalid", "errors": errors})


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run the command line on files written for it; exit code, standard output and error."""

    def run(*arguments: str, **files: str) -> tuple[int, str, str]:
        paths = {name: tmp_path / name for name in files}
        for name, text in files.items():
            paths[name].write_text(text, encoding="utf-8")
        code = main(["fix", *(str(paths.get(one, one)) for one in arguments)])
        said = capsys.readouterr()
        return code, said.out, said.err.replace(f"{tmp_path}/", "")

    return run


def fix_paste(paste: str, *, every: bool = False) -> Fixed:
    """The correction of the only exchange in a paste, nothing masked."""
    (report,) = decode(paste)
    return fix(report, every=every, show_secrets=True)


@pytest.mark.parametrize(
    "payload",
    [
        '{"state": "Open"}',
        '{\n\t"n" : 1.000, "state":"OPEN" ,"u": "\\u00e9"}\n\n',
        '{"state": "Open", "n": 12345678901234567890.10, "n": 2}',
        "{state: 'Open', // comment\n}",
    ],
)
def test_the_payload_keeps_its_bytes(run: Run, payload: str) -> None:
    """Only the corrected value differs from what was sent."""
    code, out, said = run("--request", "sent", "got", sent=payload, got=ERROR)
    start = payload.lower().index("open") - 1

    assert (0, "") == (code, said)
    assert payload[:start] + '"open"' + payload[start + 6 :] == out


COMMANDS = {
    "single": "curl https://api.example.com/x -d '{\"state\": %s}'",
    "double": 'curl https://api.example.com/x -d "{\\"state\\": %s}"',
    "ansi": "curl https://api.example.com/x -d $'{\"state\": %s}'",
    "here": "curl https://api.example.com/x -d @- <<'END'\n{\"state\": %s}\nEND",
    "open here": 'curl https://api.example.com/x -d @- <<END\n{"state": %s}\nEND',
    "cmd": 'curl.exe https://api.example.com/x -d "{\\"state\\": %s}"',
    "browser": 'curl ^"https://api.example.com/x^" ^\n  --data-raw ^"^{^\\^"state^\\^": %s^}^"',
    "powershell": "curl.exe https://api.example.com/x -d '{\"state\": %s}'",
    "native": "curl.exe https://api.example.com/x -d '{\\\"state\\\": %s}'",
}
QUOTES = {"double": '\\"', "cmd": '\\"', "browser": '^\\^"', "native": '\\"'}
SHUT = {
    "single": "it'\\''s shut",
    "ansi": "it\\'s shut",
    "powershell": "it''s shut",
    "native": "it''s shut",
}


@pytest.mark.parametrize("kind", COMMANDS)
@pytest.mark.parametrize("prompt", ["", "$ "])
@pytest.mark.parametrize("word", ["open", "it's shut"])
def test_a_command_is_corrected_in_its_quotes(kind: str, prompt: str, word: str) -> None:
    """The new value is written as the command's own quotes ask for, and reads back as meant."""
    if kind in ("cmd", "powershell", "native") and prompt:
        prompt = "C:\\work>" if kind == "cmd" else "PS C:\\work> "
    quote = QUOTES.get(kind, '"')
    sent = word.replace("open", "Open").replace("it's shut", "its shut.")
    paste = f"{prompt}{COMMANDS[kind]}\n{ERROR}\n"
    fixed = fix_paste(paste % f"{quote}{sent}{quote}", every=True)
    shown = SHUT.get(kind, word) if word != "open" else word

    assert (COMMANDS[kind] % f"{quote}{shown}{quote}") + "\n" == fixed.text
    (again,) = read_exchanges(Text(prompt + (fixed.text or "")))
    assert again.request is not None
    assert again.request.body is not None
    assert {"state": word} == json.loads(again.request.body.value)


def test_secondary_prompts_are_left_out() -> None:
    """A command pasted with `> ` before its lines is printed without them."""
    paste = (
        '$ curl https://api.example.com/x \\\n> -d \'{\n> "state": "Open"\n> }\'\n' + ERROR + "\n"
    )

    assert 'curl https://api.example.com/x \\\n-d \'{\n"state": "open"\n}\'\n' == (
        fix_paste(paste).text
    )


def test_what_bash_would_replace_is_not_put_into_double_quotes() -> None:
    """Where the quotes are not safe the payload is printed instead, and that is said."""
    error = answer(("/state", "must be one of: 'wow!', 'meh'"))
    paste = f'$ curl https://api.example.com/x -d "{{\\"state\\": \\"Wow!\\"}}"\n{error}\n'

    assert Fixed('{"state": "wow!"}', (NO_QUOTES,)) == fix_paste(paste)


def test_several_corrections_are_made_at_once(run: Run) -> None:
    """Each fault that leaves no doubt is corrected, each place once."""
    error = answer(
        ("/state", "must be one of: 'open', 'shut'"),
        ("/count", "must be an integer"),
        ("/count", "must be a boolean"),
        ("/name", "must be a string"),
        ("/zip", "zip is required"),
    )
    payload = '{"state": "OPEN", "count": "5", "name": 1}'
    code, out, said = run("--request", "sent", "got", sent=payload, got=error)
    every = run("--all", "--request", "sent", "got", sent=payload, got=error)

    assert (0, '{"state": "open", "count": 5, "name": 1}') == (code, out)
    assert "--all makes these corrections as well" in said
    assert (0, '{"state": "open", "count": 5, "name": "1", "zip": "<zip>"}', "") == every


def test_what_is_not_sure_is_only_told(run: Run) -> None:
    """Without a sure correction nothing is printed, the exit code is 1, and the lines are shown."""
    error = answer(("/name", "must be a string"))
    code, out, said = run("--request", "sent", "got", sent='{\n  "name": false\n}', got=error)

    assert (1, "") == (code, out)
    assert "got: no correction is sure" in said
    assert '    -   "name": false\n    +   "name": "false"\n' in said


@pytest.mark.parametrize(
    ("got", "code", "said"),
    [
        (answer(("/a", "is bad")), 1, "the response does not say enough"),
        ("HTTP/1.1 200 OK\n\n{}", 0, "the response is no error"),
    ],
)
def test_nothing_to_correct(run: Run, got: str, code: int, said: str) -> None:
    """What stops a correction is said on standard error."""
    done = run("--request", "sent", "got", sent='{"a": 1}', got=got)

    assert (code, "", True) == (done[0], done[1], said in done[2])


def test_one_alternative_is_put_right() -> None:
    """Of the members of several alternatives those of the first are put in, and the others are no
    longer told."""
    faults = [
        {"type": "missing", "loc": ["body", "boats", 0, *branch], "msg": "Field required"}
        for branch in (("Sail", "masts"), ("Tug", "power"))
    ]
    payload = '{"boats": [{"name": "Mara"}]}'
    answered = json.dumps({"detail": [{**one, "input": {"name": "Mara"}} for one in faults]})
    fixed = fix_paste(f"$ curl https://a.example/b --json '{payload}'\n{answered}\n", every=True)

    assert fixed.text is not None
    assert ("masts" in fixed.text, "power" in fixed.text) == (True, False)
    assert () == fixed.possible


def test_without_a_payload_there_is_a_hint(run: Run) -> None:
    """An input without a request names the option that adds it."""
    code, out, said = run("got", got=ERROR)

    assert (1, "", True) == (code, out, "--request FILE" in said)


def test_what_is_no_payload_is_not_corrected(run: Run) -> None:
    """Where the fault is in the query, a payload would not help: it is said where the fault is."""
    said = '{"errors": [{"status": "400", "source": {"parameter": "page"}, "detail": "is bad"}]}'
    code, out, told = run("got", got=f"$ curl 'https://api.example.com/a?page=x'\n{said}\n")

    assert (1, "") == (code, out)
    assert "what is to be corrected is in the URL's query; only a payload can be" in told


def test_the_patch_alone(run: Run) -> None:
    """`--patch` prints the JSON Patch of the corrections that would be made."""
    code, out, said = run(
        "--patch", "--request", "sent", "got", sent='{"state": "Open"}', got=ERROR
    )

    assert (0, "") == (code, said)
    assert [{"op": "replace", "path": "/state", "value": "open"}] == json.loads(out)


def test_secrets_are_masked_and_it_is_said(run: Run) -> None:
    """A masked command says that it cannot be sent as it is; `--show-secrets` prints it whole."""
    paste = (
        f"$ curl -H 'Authorization: Bearer {SECRET}' https://api.example.com/x "
        f'-d \'{{"state": "Open", "password": "hunter22-{SECRET}"}}\'\n{ERROR}\n'
    )
    code, out, said = run("paste", paste=paste)
    _, whole, rest = run("--show-secrets", "paste", paste=paste)

    assert (0, True) == (code, MASKED in said)
    assert (False, False) == (SECRET in out, "hunter22" in out)
    assert '"state": "open"' in out
    assert paste[2:].split("\n")[0].replace("Open", "open") + "\n" == whole
    assert rest == ""


def test_a_corrected_secret_is_masked_everywhere(run: Run) -> None:
    """A secret that is itself corrected shows in no patch, no line and no payload."""
    error = answer(("/password", "must be a string"))
    sent = '{"password": 83649271}'
    done = [
        run(*flags, "--request", "sent", "got", sent=sent, got=error)
        for flags in ((), ("--all",), ("--patch", "--all"))
    ]

    assert [] == [one for one in done if "83649271" in one[1] + one[2]]
    assert [False, True, True] == [MASKED in said for _, _, said in done]


def test_several_inputs_in_order(run: Run) -> None:
    """Each input gives its own, in the order of the command line."""
    first = f'$ curl https://api.example.com/1 -d \'{{"state": "OPEN"}}\'\n{ERROR}\n'
    second = first.replace("/1", "/2")
    code, out, _ = run("b", "a", a=first, b=second)

    assert (0, ["/2", "/1"]) == (code, [line.split()[1][-2:] for line in out.splitlines()])


def test_payloads_do_not_run_together(run: Run) -> None:
    """Between two payloads stands a line break, even where the first one ends without."""
    _, out, _ = run("--request", "sent", "got", "got", sent='{"state": "OPEN"}', got=ERROR)

    assert '{"state": "open"}\n{"state": "open"}' == out


def test_json_carries_the_patch(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The JSON output holds the correction, with its reason."""
    (tmp_path / "sent").write_text('{"state": "Open"}')
    (tmp_path / "got").write_text(ERROR)
    main(["--json", "--request", str(tmp_path / "sent"), str(tmp_path / "got")])
    (problem,) = json.loads(capsys.readouterr().out)["problems"]

    assert {
        "operations": [{"op": "replace", "path": "/state", "value": "open"}],
        "applicability": "certain",
        "reason": 'the server allows "open", which is spelt alike',
    } == problem["patch"]
