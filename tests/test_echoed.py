"""The commands that a terminal shows before an output are no part of it, whatever they run."""

from __future__ import annotations

import pytest
from exchanges import body_of, read
from hypothesis import given, settings
from hypothesis import strategies as st

SAID = 'The Boat "ada" is invalid: it is too long\n'


@pytest.mark.parametrize(
    "command",
    [
        "$ boatctl apply -f ada.yaml",
        "(venv) $ ./moor.sh --berth 12",
        "ada@box:~/boats$ boatctl apply",
        "[ada@box boats]$ boatctl apply",
        "% boatctl apply",
        "❯ boatctl apply",
        'PS C:\\Users\\ada> Send-Boat -Body \'{"length": 0}\' -Name "a`nb"',
        "C:\\Users\\ada>boatctl apply",
        "$ boatctl apply \\\n    --dry-run",
        "$ boatctl apply -f - <<EOF\nlength: 30\nEOF",
        "$ boatctl apply --data '{\n  \"length\": 30\n}'",
        "$ cd boats\n$ boatctl apply",
    ],
)
def test_commands_are_left_out(command: str) -> None:
    """Lines behind a shell's prompt, with all that belongs to the command, are no answer."""
    (exchange,) = read(f"{command}\n{SAID}")

    assert SAID == body_of(exchange)
    assert ["echoed-command"] == [note.kind for note in exchange.notes]
    assert 0 == exchange.start


@pytest.mark.parametrize(
    "text",
    [
        "$ 5 is not enough\nfor a berth\n",
        "$ boatctl apply\n",
        "$ boatctl apply\n\n \n",
        "# Not found\nnothing here\n",
        "> quoted\nnothing here\n",
        "Costs: 5 $ a day\nor more\n",
        "% Total    % Received\nnothing here\n",
    ],
)
def test_what_is_no_command_stays(text: str) -> None:
    """Prose with a prompt's character, and a command without an output, are left as they are."""
    (exchange,) = read(text)

    assert text.strip() == (body_of(exchange) or "").strip()
    assert () == exchange.notes


def test_an_output_is_read_as_if_it_stood_alone() -> None:
    """JSON documents and messages behind a command are told as such."""
    documents = read('$ boatctl list\n{"a": 1}\n{"b": 2}\n')
    (message,) = read("$ ./ask.sh\nHTTP/1.1 404 Not Found\nServer: x\n\nno boat\n")

    assert ['{"a": 1}', '{"b": 2}'] == [(body_of(one) or "").strip() for one in documents]
    assert 404 == (message.response.status if message.response else None)


PIECES = st.lists(st.sampled_from(["$ a", "$ b 'c", "\n", " \\", "<<E", '"', "PS >", "x"]))


@given(PIECES)
@settings(max_examples=150, deadline=None)
def test_any_session_is_read(pieces: list[str]) -> None:
    """However commands are cut off, something is read and nothing raises."""
    text = "".join(pieces)

    assert not text.strip() or read(text)
