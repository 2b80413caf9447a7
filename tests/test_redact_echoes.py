"""A secret known in one place is hidden in all of them, and positions stay true."""

from __future__ import annotations

import json
import re
from urllib.parse import quote, unquote

import pytest
from secret_reports import (
    exchange,
    report,
)

from errdecode.model import (
    Exchange,
    Field,
    Location,
    Problem,
    Request,
    Response,
    Text,
)
from errdecode.redact import redact
from errdecode.source import Builder, cut, input_span, join


def test_objects_under_a_secret_name_are_walked() -> None:
    """An object or a truth value under a secret's name is no secret itself."""
    body = json.dumps(
        {
            "token": {"type": "bearer", "value": "a"},
            "session": False,
            "secret": {"password": "zq7x"},
        }
    )
    after = redact(report(exchange(body=body)))

    assert after.body
    assert after.body.value == {
        "token": {"type": "bearer", "value": "a"},
        "session": False,
        "secret": {"password": "••••"},
    }


def test_a_short_secret_is_not_looked_for() -> None:
    """Five characters are hidden by place alone, as they may be part of any word."""
    after = redact(
        report(exchange(request='{"pin": "order"}', body='{"message": "no such order"}'))
    )

    assert after.body
    assert after.body.value == {"message": "no such order"}


@pytest.mark.parametrize("word", ["invalid", "Expired", "password"])
def test_a_word_of_every_refusal_is_not_looked_for(word: str) -> None:
    """A dummy in the place of a secret is hidden there, and the server's sentence stays whole."""
    said = f'{{"message": "the key is {word}"}}'
    after = redact(report(exchange(request=json.dumps({"api_key": word}), body=said)))

    assert after.body
    assert said == after.body.text.value
    assert word not in after.exchange.source.value.replace(said, "")


def test_words_of_ours_survive_a_secret_that_equals_them() -> None:
    """What renderers compare stays, whatever the caller's password is."""
    location = Location("request.body", "/a", found=True)
    before = report(
        exchange(request='{"password": "request.body"}'),
        Problem(role="cause"),
        locations=(location,),
    )
    after = redact(before)

    assert after.diagnostics[0].locations[0].document == "request.body"
    assert after.diagnostics[0].problem.role == "cause"


def test_locations_are_masked_by_their_pointer_and_their_place() -> None:
    """A short secret that a pointer leads to is hidden in the value and in the text."""
    found = exchange(
        request='{"user": {"pin": 1234, "name": "bob"}}', url="https://example.com/?key=ab12"
    )
    assert found.request
    assert found.request.body
    text = found.request.body
    named = Location(
        "request.body", "/user/pin", found=True, value=1234, text=text, start=17, end=21
    )
    parent = Location(
        "request.body", "/user", found=True, value={"pin": 1234, "name": "bob"}, text=text
    )
    cookie = Location("request.cookie", "/lang", found=True, value="zq")
    after = redact(report(found, Problem(), locations=(named, parent, cookie)))
    masked = after.diagnostics[0].locations

    assert [location.value for location in masked] == ["••••", {"pin": "••••", "name": "bob"}, "••"]
    assert masked[0].text
    assert masked[0].text.value == '{"user": {"pin": ••••, "name": "bob"}}'


def test_a_secret_known_in_one_text_is_hidden_in_all_of_its_place() -> None:
    """What is hidden in a text is hidden in the capture and in all that was cut from there."""
    root = Text('run --login "bob:z\\"q" now')
    builder = Builder(root)
    builder.copy(13, 18)
    builder.put('"', 18, 20)
    builder.copy(20, 21)
    field = Field("Authorization", builder.text())
    sibling = cut(root, 4, 22)
    found = Exchange(
        "command",
        root,
        0,
        0,
        Request("GET", None, (field,), sibling),
        Response(401, body=Text("{}")),
    )
    after = redact(report(found))

    assert after.exchange.source.value == 'run --login "bob:••••" now'
    assert after.exchange.request
    assert after.exchange.request.headers[0].value.value == "bob:•••"
    assert after.exchange.request.body
    assert after.exchange.request.body.value == '--login "bob:••••"'


def test_lines_between_the_pieces_of_a_text_stay() -> None:
    """A field joined from the lines of a transcript leaves their prefixes in the capture alone."""
    root = Text("1: zq7x\n2: ab9y\n{}")
    field = Field("X-Api-Key", join(root, [(3, 7), (11, 15)]))
    body = cut(root, 16, 18)
    after = redact(
        report(Exchange("log", root, 0, 0, Request(headers=(field,)), Response(400, body=body)))
    )

    assert after.exchange.source.value == "1: ••••\n2: ••••\n{}"


@pytest.mark.parametrize("prefix", ["", "é ", "日本 ", "😀 "])
@pytest.mark.parametrize("secret", ["hunter2-hunter2-hunter2", "pässwörd日本😀x"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "latin-1"])
def test_positions_in_bytes_stay_true(prefix: str, secret: str, encoding: str) -> None:
    """Lines, columns and byte offsets behind a mask are those of the input."""
    value = f'{prefix}{{"password": "{secret}", "here": 1}}'
    if encoding == "latin-1" and max(value) > "\xff":
        pytest.skip("latin-1 cannot say this")
    root = Text(value, encoding=encoding)
    at = value.index("here")
    after = redact(report(Exchange("body", root, response=Response(400, body=root))))
    masked = after.exchange.source

    assert secret not in masked.value
    assert input_span(masked, at, at + 4) == input_span(root, at, at + 4)


def test_captures_of_many_exchanges_hide_those_of_all() -> None:
    """A report hides in the capture what other exchanges hold too, the second time as the first."""
    line = '{"headers": "X-Api-Key: zq7x\\r\\n", "body": "%s"}\n' % ("a" * 90)
    root = Text(line * 1000)
    first, second = (
        Exchange("log", root, at, at + 9, response=Response(400, body=cut(root, at, at + 9)))
        for at in (0, 5000)
    )

    assert "zq7x" not in redact(report(first)).exchange.source.value
    assert redact(report(second)).exchange.source == redact(report(first)).exchange.source


ODD = "zq7x+Ab9/Cd3=="


@pytest.mark.parametrize(
    "name",
    [
        *("sig", "code", "auth", "sid", "pass", "hmac", "key", "SAMLResponse", "assertion"),
        *("token", "api_key", "client_secret", "signature"),
    ],
)
@pytest.mark.parametrize("sent", [quote(ODD, safe=""), quote(ODD, safe="+"), quote(ODD), ODD])
def test_what_a_url_escapes_is_hidden_where_it_is_echoed(name: str, sent: str) -> None:
    """A parameter is hidden in the answer as it was sent, and as the server may have read it."""
    url = f"https://example.com/a?{name}={sent}&page=2"
    said = json.dumps({"error": f"{ODD} or {ODD.replace('+', ' ')} or {sent} is wrong"})
    after = redact(report(exchange(url=url, body=said)))

    assert [form for form in (ODD, ODD.replace("+", " "), sent) if form in repr(after)] == []
    assert after.body
    assert isinstance(after.body.value, dict)
    assert str(after.body.value["error"]).endswith(" is wrong")


@pytest.mark.parametrize("sent", ["s%3AabcDEF123456789.zq7x%2B9", "s:abcDEF123456789.zq7x+9"])
def test_what_a_cookie_escapes_is_hidden_where_it_is_echoed(sent: str) -> None:
    """A cookie is hidden in the answer as it was sent, as it was read, and by its id alone."""
    said = json.dumps({"error": f"{unquote(sent)}: no session abcDEF123456789 ({sent})"})
    after = redact(report(exchange(headers={"Cookie": f"sid={sent}"}, body=said)))

    assert after.body
    assert isinstance(after.body.value, dict)
    assert re.sub("[•‹›0-9a-f]{8,}", "*", str(after.body.value["error"])) == "*: no session * (*)"


def test_words_that_a_cookie_escapes_stay() -> None:
    """What a cookie says in plain words is hidden in the cookie, and nowhere else."""
    after = redact(
        report(exchange(headers={"Cookie": "theme=dark%20mode"}, body='{"error": "no dark mode"}'))
    )

    assert after.body
    assert after.body.value == {"error": "no dark mode"}


def test_equal_secrets_have_equal_tags_however_they_are_escaped() -> None:
    """The signature in a URL and what the server repeats of it can be told to be the same."""
    secret = "zq7x+Ab9/Cd3zq7x+Ab9/Cd3=="
    url = f"https://example.com/?sig={quote(secret, safe='')}"
    after = redact(report(exchange(url=url, body=json.dumps({"error": secret}))))

    assert len(set(re.findall("‹[0-9a-f]{6}›", repr(after)))) == 1
