"""Finding commands in transcripts and reading what they send."""

from __future__ import annotations

import pytest
from commands import body_of, only_command, url_of
from conftest import steps_of
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.capture.command import find_commands
from errdecode.model import Text
from errdecode.source import to_root

# ---------------------------------------------------------------- what is a command


@pytest.mark.parametrize(
    "prompt",
    [
        "", "$ ", "% ", "> ", "# ", "  $ ", "user@host:~/dir$ ", "[user@host dir]$ ",
        "root@abc:/# ", "➜  dir ", "➜  dir git:(main) ✗ ", "❯ ", "(venv) me@box ~ % ",
        "bash-5.1$ ", "+ ", "!", "In [3]: !",
        "sudo ", "time ", "env A=b ", "A=b C='d e' ", "$ sudo -u me ", "cd /tmp && ", "/usr/bin/",
        "PS C:\\Users\\me> ", "PS> ", "C:\\work>",
        "kubectl exec -it pod -c main -- ", "docker exec -it web ",
    ],
)  # fmt: skip
def test_a_command_begins_with_its_prompt(prompt: str) -> None:
    """Prompts and programs that run others stand before a command and belong to its place."""
    value = f"some text\n{prompt}curl -s https://example.com/a\nHTTP/1.1 400 Bad Request\n"
    command = only_command(value)

    assert value[command.start : command.end] == f"{prompt}curl -s https://example.com/a".strip()
    assert (command.program, url_of(command)) == ("curl", "https://example.com/a")


@pytest.mark.parametrize(
    "value",
    [
        "curl: (6) Could not resolve host: example.com",
        "curl is a tool, see https://example.com",
        "Use curl -X POST https://example.com to send it",
        "curl 8.5.0 (x86_64-pc-linux-gnu) libcurl/8.5.0",
        "> GET /curl HTTP/1.1\n> User-Agent: curl/8.5.0",
        '{"message": "curl -X GET https://example.com failed"}',
        "<p>curl https://example.com</p>",
        "http is a protocol",
        "http GET requests are fine",
        "https POST is better",
        "http://example.com/curl x",
        "wget",
        "curl",
        "libcurl -s https://example.com",
        "> curl is nice",
    ],
)
def test_other_text_is_no_command(value: str) -> None:
    """The program's name in prose, in output or in data is no command."""
    assert find_commands(Text(value)) == []


def test_commands_come_in_order() -> None:
    """All commands of a transcript are found, each with its own place."""
    value = (
        "$ curl example.com/a\n{}\n$ http example.com/b\n{}\n"
        "$ wget example.com/c; curl example.com/d\n{}\n"
    )
    commands = find_commands(Text(value))

    assert [url_of(command) for command in commands] == [f"example.com/{name}" for name in "abcd"]
    assert [value[command.start : command.end] for command in commands] == [
        "$ curl example.com/a",
        "$ http example.com/b",
        "$ wget example.com/c;",
        "curl example.com/d",
    ]


def test_output_is_not_swallowed() -> None:
    """Pipes, redirections and comments belong to the command, what follows does not."""
    for tail in ("", " | jq .", " 2>&1 > out.json", "  # don't", " && echo", " |\n  jq ."):
        value = f'curl -d \'{{\n"a": 1}}\' example.com{tail}\n{{"error": "can\'t"}}\n'
        command = only_command(value)

        assert value[command.end :].lstrip(" ") == '\n{"error": "can\'t"}\n'
        assert body_of(command) == '{\n"a": 1}'


def test_secondary_prompts_vanish() -> None:
    """Lines pasted with the prompt that a shell shows inside a command are read without it."""
    for prompt in ("> ", "quote> ", "dquote> "):
        lines = ["curl example.com \\", "-d '{", '"a": 1', "}'"]
        value = "$ " + f"\n{prompt}".join(lines) + "\n> POST / HTTP/1.1\n"
        command = only_command(value)
        body = command.request.body

        assert body is not None
        assert body.value == '{\n"a": 1\n}'
        assert value[command.end :] == "\n> POST / HTTP/1.1\n"
        root, start, end = to_root(body, 2, 8)
        assert root.value[start:end] == '"a": 1'
    assert (
        url_of(only_command("PS C:\\> curl.exe `\n>> -d x `\n>> example.com\n{}")) == "example.com"
    )


def test_continued_lines_may_end_with_crlf() -> None:
    """Line ends of either kind do."""
    value = "curl \\\r\n  -X PUT \\\r\n  example.com\r\nHTTP/1.1 400\r\n"
    command = only_command(value)

    assert (command.request.method, url_of(command)) == ("PUT", "example.com")
    assert value[command.end :] == "\r\nHTTP/1.1 400\r\n"


# ---------------------------------------------------------------- any text


@given(
    st.lists(
        st.sampled_from(
            ["curl ", "http ", "wget ", "$ ", "> ", "-d ", "@-", "'", '"', "\\", "\n", "^", "`",
             "|", "<<E", "https://x.example ", "{", "}", "POST ", "a=b ", "-H ", "$(", ")",
             "PS C:\\> ", "C:\\>", "echo ", "a[b]=c ", "--json ", ":", "é"]
        ),
        max_size=30,
    ).map("".join)
)  # fmt: skip
@settings(max_examples=300)
def test_any_transcript_can_be_searched(value: str) -> None:
    """No text makes the search fail.

    Places are ordered and inside it; every text leads back into it.
    """
    before = 0
    for command in find_commands(Text(value)):
        assert before <= command.start < command.end <= len(value)
        before = command.end
        request = command.request
        for text in (request.url, request.body, *(field.value for field in request.headers)):
            if text is not None and text.parent is not None:
                root, start, end = to_root(text, 0, len(text.value))
                assert root.value == value
                assert 0 <= start <= end <= len(value)


def test_hostile_transcripts_take_linear_time() -> None:
    """Of beginnings that lead nowhere, twice as many take about twice as many steps."""
    lines = (
        "curl http://a.example 'x{\n",
        "curl -d @- <<E%d http://a.example\n",
        "> curl 'x{ -d\n",
        "' | curl -d @- x.example\n",
        "curl ",
    )
    for line in lines:
        few, many = (
            steps_of(find_commands, Text(value))
            for value in (
                "".join(line % at if "%" in line else line for at in range(count))
                for count in (1_000, 2_000)
            )
        )

        assert many <= 3 * few + 1_000


# ---------------------------------------------------------------- what a shell does not send


@pytest.mark.parametrize(
    ("command", "lost"),
    [
        ("curl https://example.com/a?b=c&limit=10", "`limit=10` does"),
        ("curl -i https://example.com/a?b=c&d=e&f=g -H 'A: b'", "`d=e&f=g` and the options"),
        ("C:\\work> curl https://example.com/a?b=c&d[]=e", "`d[]=e` does"),
        (f"curl https://example.com/a?b=c&d={'e' * 99}", f"`d={'e' * 57}…` does"),
    ],
)
def test_a_query_that_the_shell_cut_is_told(command: str, lost: str) -> None:
    """What stands behind a `&` without quotes is not part of the URL, and that is told."""
    notes = only_command(command).notes

    assert [note.kind for note in notes] == ["quoting"]
    assert f"a shell ends the command at `&`: {lost}" in notes[0].message


@pytest.mark.parametrize(
    "command",
    [
        "curl 'https://example.com/a?b=c&limit=10'",
        "curl https://example.com/a?b=c\\&limit=10",
        "curl https://example.com/a?b=c & sleep 1",
        "curl https://example.com/a?b=c && limit=10",
        "curl https://example.com/a -d b=c&limit=10",
        "curl https://example.com/a?b=c -o x&limit=10",
    ],
)
def test_a_command_in_the_background_is_whole(command: str) -> None:
    """A quoted `&`, and one that ends the command on purpose, cut nothing off."""
    assert only_command(command).notes == ()
