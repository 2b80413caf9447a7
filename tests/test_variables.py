"""The laws of shell variables whose values the paste itself shows."""

from __future__ import annotations

import time

import pytest

from errdecode.capture.command import Command, find_commands
from errdecode.model import Text
from errdecode.pipeline import decode
from errdecode.redact import redact
from errdecode.source import to_root

SENT = 'curl https://quay.example.com/boats -d "$BODY"'
BODY = '{"name": "Marlin", "length": 7}'


def last_command(*lines: str) -> Command:
    """The last command of a session."""
    return find_commands(Text("\n".join(lines)))[-1]


def body_of(*lines: str) -> str | None:
    """What the last command of a session sends."""
    body = last_command(*lines).request.body
    return body.value if body else None


@pytest.mark.parametrize(
    "assignment",
    [
        f"BODY='{BODY}'",
        f"$ BODY='{BODY}'",
        f"export BODY='{BODY}'",
        f"X=1 BODY='{BODY}' Y=2",
        f"BODY='{{}}'\nBODY='{BODY}'",
        f"BODY=$(cat <<EOF\n{BODY}\nEOF\n)",
        f"read -r -d '' BODY <<'EOF'\n{BODY}\nEOF",
        'LENGTH=7; BODY="{\\"name\\": \\"Marlin\\", \\"length\\": ${LENGTH}}"',
        f"BODY='{BODY}' &&",
    ],
)
def test_a_variable_has_the_value_of_the_paste(assignment: str) -> None:
    """However it is assigned above the command, or before it on its line."""
    assert body_of(assignment, SENT) == BODY


@pytest.mark.parametrize(
    "lines",
    [
        (SENT, f"BODY='{BODY}'"),
        (f"BODY='{BODY}' {SENT}",),
        (f"BODY='{BODY}'", "BODY=$(make-body)", SENT),
        (f"BODY='{BODY}'", SENT.replace('"$BODY"', "$BODY")),
        (f"BODY=('{BODY}')", SENT),
    ],
)
def test_a_value_that_the_shell_does_not_put_there_is_not_taken(lines: tuple[str, ...]) -> None:
    """Behind the command, for it alone, assigned anew, broken by blanks, in a list."""
    assert body_of(*lines) is None


def test_quotes_and_escapes_keep_a_variable_as_written() -> None:
    """In '…' and behind a backslash a dollar is a dollar."""
    sent = """curl https://quay.example.com -d '{"a": "$BODY"}' -H "A: \\$BODY $BODY" """
    command = last_command("BODY=1", sent)

    assert command.request.body
    assert command.request.body.value == '{"a": "$BODY"}'
    assert command.request.headers[0].value.value == "$BODY 1"


def test_addresses_and_fields_are_filled_too() -> None:
    """And what is not assigned stays, with its own note."""
    command = last_command("HOST=quay.example.com", 'curl "https://$HOST/$ID" -H "A: $HOST"')

    assert command.request.url
    assert command.request.url.value == "https://quay.example.com/$ID"
    assert [note.kind for note in command.notes] == ["shell-variable", "assigned"]
    assert "`$HOST` (line 1)" in command.notes[1].message


def test_each_character_leads_to_the_assignment() -> None:
    """A place in the payload is one in the paste, also below secondary prompts."""
    paste = f"$ BODY='{{\n> \"length\": 7}}'\n$ {SENT}\n"
    body = find_commands(Text(paste))[0].request.body

    assert body
    at = body.value.index("7")
    root, start, end = to_root(body, at, at + 1)
    assert (paste, "7", paste.index("7")) == (root.value, root.value[start:end], start)


def test_a_secret_in_a_variable_is_one() -> None:
    """What the command sends as a credential is masked where the server echoes it."""
    secret = "tok_abcdefghijk1234567890"
    sent = 'curl https://quay.example.com -H "Authorization: Bearer $TOKEN"'
    (report,) = decode(f'TOKEN={secret}\n{sent}\n{{"error": "bad token {secret}"}}'.encode())

    assert secret not in str(redact(report).diagnostics)


@pytest.mark.parametrize(
    "paste",
    [
        "A0=aaaaaaaaaa\n" + "".join(f"A{n + 1}=$A{n}$A{n}\n" for n in range(300)) + "curl $A300/x",
        "A='\n" * 20_000 + "curl https://example.com/$A",
        "A=$(cat <<E\n" * 20_000 + "curl https://example.com/$A",
        "A=1; " * 20_000 + "curl https://example.com/$A",
        "A=1\ncurl https://example.com/$A\n" * 3_000,
    ],
)
def test_hostile_sessions_are_read_in_time(paste: str) -> None:
    """Values that double, quotes that never close, and very many assignments."""
    before = time.process_time()
    find_commands(Text(paste))

    assert time.process_time() - before < 5
