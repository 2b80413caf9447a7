"""Secrets of an exchange in a scan: what the error opened in full masks, every output masks."""

from __future__ import annotations

import json
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sightings import sighting

from errdecode.catalog import open_catalog
from errdecode.redact.echoes import gather
from errdecode.scan.model import Sighting
from errdecode.scan.read import Reader
from errdecode.scan.veil import LINES, hide_echoes_of, veil

if TYPE_CHECKING:
    from conftest import Run

SECRET = "tide-Pa55-harbour"
OUTPUTS = ("terminal", "json", "jsonl", "markdown", "html")
_BODY = json.dumps({"error": {"code": "E_LOGIN", "message": f"no user with {SECRET}"}})
_SENT = json.dumps({"user": "ada", "password": SECRET})
_URL = "https://api.example.com/login"
_RECORD = {
    "time": "2026-03-01T08:00:00Z",
    "request": {"method": "POST", "url": _URL, "body": {"user": "ada", "password": SECRET}},
    "response": {"status": 401, "body": json.loads(_BODY)},
}


def _har() -> str:
    sent = {"mimeType": "application/json", "text": _SENT}
    content = {"mimeType": "application/json", "text": _BODY}
    entry = {
        "startedDateTime": "2026-03-01T08:00:00Z",
        "request": {"method": "POST", "url": _URL, "headers": [], "postData": sent},
        "response": {"status": 401, "statusText": "", "headers": [], "content": content},
    }
    return json.dumps({"log": {"version": "1.2", "entries": [entry]}})


def _by_id(sent: str) -> str:
    asked = {"level": "info", "request_id": "req-7f", "method": "POST", "url": _URL, "body": sent}
    failed = {"level": "error", "request_id": "req-7f", "status": 401, "response": _BODY}
    return "\n".join(map(json.dumps, (asked, {"level": "info", "msg": "idle"}, failed)))


LOGS = {
    "a session": (
        f"$ curl -i {_URL} -d '{_SENT}'\nHTTP/1.1 401 Unauthorized\n"
        f"Content-Type: application/json\n\n{_BODY}\n"
    ),
    "a session with credentials": (
        f"$ curl -i {_URL} -u ada:{SECRET}\nHTTP/1.1 401 Unauthorized\n\n{_BODY}\n"
    ),
    "a verbose session": (
        f"> POST /login HTTP/1.1\n> Host: api.example.com\n> Authorization: Basic "
        f"{b64encode(f'ada:{SECRET}'.encode()).decode()}\n>\n< HTTP/1.1 401 Unauthorized\n"
        f"< Content-Type: application/json\n<\n{_BODY}\n"
    ),
    "the request with the same id": _by_id(_SENT),
    "a form with the same id": _by_id(f"user=ada&password={SECRET}"),
    "the last request to the same path": (
        f"INFO POST {_URL} request body: {_SENT}\nERROR POST {_URL} 401 answered {_BODY}\n"
    ),
    "the own record": json.dumps(_RECORD),
    "beside the answer": json.dumps({"level": "error", "password": SECRET, "response": _BODY}),
    "a record of several lines": f"08:00:00 ERROR failed\n{json.dumps([_RECORD], indent=2)}\n",
    "an entry of a HAR file": _har(),
}


@pytest.mark.parametrize("log", LOGS.values(), ids=list(LOGS))
def test_no_output_shows_a_secret_of_the_exchange(run: Run, log: str, tmp_path: Path) -> None:
    """What was sent under a secret's name, and is repeated by the server, is shown nowhere."""
    file = tmp_path / "app.log"
    file.write_text(log)
    saved = tmp_path / "base.json"
    texts = [run("scan", str(file), "-o", output).out for output in OUTPUTS]
    texts += [run("scan", str(file), "-o", output, "--open", "1").out for output in OUTPUTS]
    texts += [run("scan", str(file), "--why", "1", "--save", str(saved)).out, saved.read_text()]

    assert "E_LOGIN" in texts[0]
    assert [] == [text for text in texts if SECRET in text]


def test_secrets_are_shown_on_demand(run: Run, tmp_path: Path) -> None:
    """`--show-secrets` turns all masks off."""
    file = tmp_path / "app.log"
    file.write_text(LOGS["a session"])

    assert SECRET in run("scan", str(file), "--show-secrets").out


def read(log: str) -> Sighting:
    """The one error of a log."""
    data = log.encode()
    lines = [0] + [at + 1 for at, byte in enumerate(data[:-1]) if byte == 10]
    (found,) = Reader(open_catalog(), year=2026).read(data, lines)

    assert isinstance(found, Sighting)
    return found


@pytest.mark.parametrize("secret", ["swordfish", SECRET])
def test_errors_that_repeat_secrets_are_one_group(secret: str) -> None:
    """In a message without a code an echo is what varies; one that is a plain word, too."""
    found = read(
        f"INFO request_id=r-78 POST {_URL} request body: "
        f'{{"password": "{secret}"}}\n'
        f'ERROR request_id=r-78 401 {{"error": {{"message": "{secret} is not known"}}}}\n'
    )

    assert "… is not known" == found.message
    assert found.title is not None
    assert secret not in found.title


def test_a_secret_is_masked_as_far_as_it_is_left() -> None:
    """Of an echo of several words of which one was left out, the others are masked."""
    one = sighting(message="no user with correct horse … staple here", title="horse and staple")
    hidden = hide_echoes_of(one, gather(["correct horse 9x staple"]))

    assert "no user with … … … here" == hidden.message
    assert "horse and staple" == hidden.title


def test_an_id_in_thousands_of_lines_costs_little() -> None:
    """Of the lines with an error's id so many are looked at, and no more."""
    asked = f'r-79 POST {_URL} request body: {{"password": "{SECRET}"}}\n'
    failed = f'r-79 ERROR request_id=r-79 401 {{"error": {{"message": "not {SECRET}"}}}}\n'
    idle = f"r-79 INFO {'idle ' * 250}\n"
    data = (asked + idle * LINES + failed).encode()
    near = data[len(asked) + len(idle) :]
    start = len(near) - len(failed) + failed.index("{")
    error = sighting(start, request_id="r-79", title=f"not {SECRET}", length=40)

    assert SECRET in str(veil(error, near, start).title)
    assert SECRET not in str(veil(error, asked.encode() + near, start + len(asked)).title)
    assert SECRET in str(veil(error, data, start + len(data) - len(near)).title)


KEY = "tide-Pa55-harbour-0123456789"
_ECHO = json.dumps({"error": {"code": "no_key", "message": f"The key {KEY} is not known"}})
TRANSCRIPTS = {
    "-v": f"> POST /a HTTP/1.1\n> Host: api.example.com\n> X-Api-Key: {KEY}\n> \n"
    "} [2 bytes data]\n< HTTP/1.1 401 Unauthorized\n< Content-Type: application/json\n< \n"
    f"{{ [93 bytes data]\n{_ECHO}\n",
    "-i": f"$ curl -i -X POST https://api.example.com/a -H 'X-Api-Key: {KEY}'\n"
    f"HTTP/1.1 401 Unauthorized\nContent-Type: application/json\n\n{_ECHO}\n",
}
LOGGERS = {
    "a service": "api-1  | ",
    "a time and a service": "2026-11-22T10:00:{:02}Z app | ",
    "a time": "2026-11-22T10:00:{:02}.1234567Z ",
    "a host": "Nov 22 10:00:{:02} quay app[123]: ",
    "CRI": "2026-11-22T10:00:{:02}.123456789Z stdout F ",
}


@pytest.mark.parametrize("logger", LOGGERS.values(), ids=LOGGERS)
@pytest.mark.parametrize("transcript", TRANSCRIPTS.values(), ids=TRANSCRIPTS)
def test_what_a_transcript_sent_is_masked_behind_the_words_of_a_logger(
    run: Run, tmp_path: Path, transcript: str, logger: str
) -> None:
    """Each line of it stands behind a logger's own words; its request is known all the same."""
    log = "".join(f"{logger.format(at)}{line}\n" for at, line in enumerate(transcript.splitlines()))
    (tmp_path / "app.log").write_text(log, encoding="utf-8")
    shown = run("scan", str(tmp_path / "app.log"), "--json").out
    opened = run("scan", str(tmp_path / "app.log"), "--open", "1", "-v").out
    exemplar = json.loads(shown)["groups"][0]["exemplars"][0]

    assert ("POST", "https://api.example.com/a", 401) == (
        exemplar["method"],
        exemplar["url"],
        exemplar["status"],
    )
    assert KEY not in shown + opened
    assert "no_key" in opened


def test_what_lines_above_name_as_a_secret_is_masked() -> None:
    """An error may repeat it wherever it was logged; what is no secret there is shown."""
    above = f"app | sends X-Api-Key: {KEY} for order-7f3a\n"
    said = _ECHO.replace("known", "known for order-7f3a")
    data = f"{above}app | got 401 {said}\n".encode()
    (found,) = Reader(open_catalog(), year=2026).read(data, [len(above)])

    assert isinstance(found, Sighting)
    assert KEY not in f"{found.title} {found.message}"
    assert "order-7f3a" in (found.title or "")
