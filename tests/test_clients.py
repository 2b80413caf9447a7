"""What curl, HTTPie and wget send, read from their commands."""

from __future__ import annotations

import pytest
from commands import body_of, only_command, url_of

from errdecode.capture.clients.curl_options import SHORT, WITH_ARGUMENT, WITHOUT_ARGUMENT
from errdecode.capture.command import Command
from errdecode.pipeline import decode
from errdecode.source import input_span, to_root

_FORM = ("Content-Type", "application/x-www-form-urlencoded")


def _fields(command: Command) -> list[tuple[str, str]]:
    return [(field.name, field.value.value) for field in command.request.headers]


def _kinds(command: Command) -> list[str]:
    return [note.kind for note in command.notes]


# ---------------------------------------------------------------- curl


@pytest.mark.parametrize(
    ("words", "method", "url", "body"),
    [
        ("example.com", "GET", "example.com", None),
        ("-sSLXPOST example.com", "POST", "example.com", None),
        ("--request PATCH --url example.com -d a", "PATCH", "example.com", "a"),
        ("--request=PATCH example.com", "PATCH", "example.com", None),
        ("-I example.com", "HEAD", "example.com", None),
        ("-da=1 -d b=2 example.com", "POST", "example.com", "a=1&b=2"),
        ("--json '{\"a\":' --json '1}' example.com", "POST", "example.com", '{"a":1}'),
        ("-d ' a\n' example.com", "POST", "example.com", " a\n"),
        ("-G -d a=1 -d b=2 example.com", "GET", "example.com?a=1&b=2", None),
        ("-G -d a=1 'example.com?x=y'", "GET", "example.com?x=y&a=1", None),
        ("--url-query 'q=a b' example.com", "GET", "example.com?q=a+b", None),
        ("--data-urlencode 'a b' example.com", "POST", "example.com", "a+b"),
        ("--data-urlencode '=a=b' example.com", "POST", "example.com", "a%3Db"),
        ("--data-urlencode 'n=a@é' example.com", "POST", "example.com", "n=a%40%C3%A9"),
        ("--data-raw @x example.com", "POST", "example.com", "@x"),
        ("-o /dev/null -w '%{http_code}' --max-time 5 example.com", "GET", "example.com", None),
        ("-x proxy:3128 -Hx:y -m5 example.com", "GET", "example.com", None),
        ("--upload-fi x example.com", "PUT", "example.com", None),
        ("-s -- example.com", "GET", "example.com", None),
        ("--harbour Kilda example.com", "GET", "example.com", None),
        ("--harbour example.com", "GET", "example.com", None),
        ("--harbour https://example.com/a example.org", "GET", "https://example.com/a", None),
        ("--harbour=Kilda example.com example.org", "GET", "example.com", None),
        ("--no-buffer example.com example.org", "GET", "example.com", None),
        ("-d a example.com --next -d b example.org", "POST", "example.com", "a"),
    ],
)
def test_curl_sends(words: str, method: str, url: str, body: str | None) -> None:
    """Method, URL and body follow from curl's options."""
    command = only_command(f"$ curl {words}")

    assert (command.request.method, url_of(command), body_of(command)) == (method, url, body)


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("-d a", [_FORM]),
        ("-d a -H 'content-type: text/plain '", [("content-type", "text/plain")]),
        ("-d a -H 'Content-Type:'", []),
        ("-H 'X;' -HY:z -H @file", [("X", ""), ("Y", "z")]),
        ("-u me:secret", [("Authorization", "me:secret")]),
        ("-ume:secret", [("Authorization", "me:secret")]),
        ("--oauth2-bearer token", [("Authorization", "token")]),
        (
            "-A me -e http://example.org -b a=b -b jar",
            [("User-Agent", "me"), ("Referer", "http://example.org"), ("Cookie", "a=b")],
        ),
        ("--json 1", [("Content-Type", "application/json"), ("Accept", "application/json")]),
        ("-F a=b", [("Content-Type", "multipart/form-data")]),
        ("-G -d a", []),
    ],
)  # fmt: skip
def test_curl_sends_fields(words: str, fields: list[tuple[str, str]]) -> None:
    """Header fields come from -H and its relatives.

    Curl's own are added unless they are taken away.
    """
    assert _fields(only_command(f"curl {words} https://example.com")) == fields


def test_a_password_is_where_it_was_written() -> None:
    """The field for -u leads back to the characters behind it."""
    value = "curl -sume:secret https://example.com"
    root, start, end = to_root(only_command(value).request.headers[0].value, 0, 9)

    assert root.value[start:end] == "me:secret"


def test_a_password_is_no_url() -> None:
    """The argument of an option that curl does not have is not shown in the URL's place."""
    command = only_command("$ curl --password zq7xsecret --tide example.com")

    assert url_of(command) == "example.com"


def test_the_body_is_described() -> None:
    """The frame's head names the option as it was written."""
    for option in ("-d", "--data", "--data-raw", "--data-binary", "--json"):
        described = only_command(f"curl {option} a https://example.com").request.described
        assert described == f"the {option} of the curl command"


@pytest.mark.parametrize(
    ("command", "body"),
    [
        ("curl -d @- https://example.com <<'EOF'\n{\"a\":\n1}\nEOF", '{"a":1}'),
        ("curl --data-binary @- https://example.com <<'EOF'\n{\"a\":\n1}\nEOF", '{"a":\n1}\n'),
        ("cat <<EOF | curl --json @- https://example.com\n1\nEOF", "1\n"),
        ("echo '{\"a\": 1}' | curl -d @- https://example.com", '{"a": 1}'),
        ("echo -n '{\n1}' | curl --data-binary @- https://example.com", "{\n1}"),
        ("$ echo '{\n1}' |\n  curl --data-binary @- https://example.com", "{\n1}\n"),
        ("printf '%s' '[1]' | curl -d @- https://example.com", "[1]"),
        ("printf 'a\\tb' | curl -d @- https://example.com", "a\tb"),
        ("curl -d @- https://example.com <<< '[1]'", "[1]"),
        ("PS C:\\> '[1]' | curl.exe -d @- https://example.com", "[1]"),
        ("curl https://example.com -d \"$(cat <<'EOF'\n[1]\nEOF\n)\"", "[1]"),
    ],
)
def test_standard_input_is_the_body(command: str, body: str) -> None:
    """Here-documents, here-strings and what is piped in are read for `@-`."""
    value = command + "\nHTTP/1.1 400 Bad Request\n"
    found = only_command(value)

    assert body_of(found) == body
    assert value[found.end :] == "\nHTTP/1.1 400 Bad Request\n"
    assert value[: found.end] == command


@pytest.mark.parametrize(
    ("words", "file"),
    [
        ("-d @a.json", "a.json"),
        ("-d@a.json", "a.json"),
        ("--data-binary @a.json -d x", "a.json"),
        ("--data-urlencode n@a.txt", "a.txt"),
        ("-T a.bin", "a.bin"),
        ("-d @- < a.json", "a.json"),
        ('-d "$(cat a.json)"', "a.json"),
        ("-d @-", "-"),
    ],
)
def test_a_file_is_named(words: str, file: str) -> None:
    """A body in a file is not read; the file is named."""
    command = only_command(f"curl {words} https://example.com")
    note = next(note for note in command.notes if note.kind == "body-in-file")

    assert (body_of(command), command.files) == (None, (file,))
    assert ("standard input" if file == "-" else file) in note.message


def test_other_bodies_are_noted() -> None:
    """Multipart bodies, made ones and what only the shell knows are told."""
    form = only_command("curl -F 'a=@x.png;type=image/png' -F b=c https://example.com")

    assert (_kinds(form), form.files, form.request.method) == (["multipart"], ("x.png",), "POST")
    assert _kinds(only_command("jq -n 1 | curl -d @- https://example.com")) == ["body-from-command"]
    assert _kinds(only_command('curl -H "A: $TOKEN" https://example.com')) == ["shell-variable"]


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("$TOKEN", "$TOKEN"),
        ("${TOKEN}", "${TOKEN}"),
        ("${TOKEN:-harbour-77}", "${TOKEN …}"),
        ("$(token)", "$(token)"),
        ("$(print-token --for me)", "$(print-token …)"),
        ("$(echo -n bob:harbour-77 | base64)", "$(echo …)"),
        ("$( TOKEN=harbour-77 sign )", "$(TOKEN …)"),
        ("$('harbour 77')", "$(…)"),
        ("`cat token`", "`cat …`"),
        ("$1", "$1"),
    ],
)
def test_what_the_shell_knows_is_named_without_what_it_holds(written: str, named: str) -> None:
    """Of a substitution its command is named, of a variable its name: the rest may be secret."""
    (note,) = only_command(f'curl -H "A: Basic {written}" https://example.com').notes

    assert f"what only the shell knows: {named}; it is kept" in note.message


@pytest.mark.parametrize(
    ("data", "known"),
    [
        ('"$BODY"', False),
        ('"${BODY}"', False),
        ("\"$(jq -n '{a: 1}')\"", False),
        ("'$BODY'", True),
        ('"{\\"a\\": $BODY}"', True),
    ],
)
def test_a_body_that_only_the_shell_knows_is_unknown(data: str, known: bool) -> None:
    """A variable alone tells nothing of the body, which is not its name."""
    command = only_command(f"curl https://example.com -d {data}")

    assert known == (command.request.body is not None)
    assert "POST" == command.request.method
    assert _kinds(only_command('curl https://example.com -d \'{"a": [')) == ["truncated"]


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("curl -F name=Ada -F age=abc https://example.com", "name=Ada&age=abc"),
        ("curl -F 'age=abc; type=text/plain' https://example.com", "age=abc"),
        ("curl --form-string 'age=abc;type=x' https://example.com", "age=abc;type=x"),
        ("curl -F 'note=a&b + 5%' https://example.com", "note=a%26b %2B 5%25"),
        ("curl -F 'a=@x.png;type=image/png' -F b=c https://example.com", "a=@x.png&b=c"),
        ("curl -F =b https://example.com", None),
        ("curl -G -F a=b https://example.com", None),
        ("$ http --multipart https://example.com a=b c@x.png", "a=b&c=x.png"),
    ],
)
def test_fields_of_a_multipart_body(command: str, shown: str | None) -> None:
    """What a command says of a multipart body is shown as the fields of a form."""
    assert shown == body_of(only_command(command))


def test_a_fault_is_found_in_a_multipart_body() -> None:
    """A field of a multipart body has its place in the command, whatever stands around it."""
    fault = '{"detail":[{"loc":["body","age"],"msg":"Not a number","type":"int_parsing"}]}'
    paste = "$ curl -F 'note=a&b' -F 'age=abc;type=text/plain' https://api.example.com/ask\n"
    (report,) = decode(f"{paste}HTTP/1.1 422 No\nContent-Type: application/json\n\n{fault}")
    (place,) = report.diagnostics[0].locations

    assert (True, "abc") == (place.found, place.value)
    assert place.text is not None
    assert paste.index("abc") == input_span(place.text, place.start, place.end).start.offset
    assert () == report.hints


def test_joined_data_keeps_its_places() -> None:
    """Each part of a joined body leads back to its own option."""
    value = "curl -d a=1 -db=2 https://example.com"
    body = only_command(value).request.body

    assert body is not None
    for part in ("a=1", "b=2"):
        at = body.value.index(part)
        _, start, end = to_root(body, at, at + 3)
        assert value[start:end] == part


def test_the_options_are_consistent() -> None:
    """No option is in both tables, and each short one has its long one."""
    assert frozenset() == WITH_ARGUMENT & WITHOUT_ARGUMENT
    assert set(SHORT.values()) <= WITH_ARGUMENT | WITHOUT_ARGUMENT


# ---------------------------------------------------------------- HTTPie and wget


@pytest.mark.parametrize(
    ("words", "method", "url", "body"),
    [
        ("https://example.com/a", "GET", "https://example.com/a", None),
        ("put example.com a=b", "PUT", "example.com", '{"a": "b"}'),
        ("GET :3000/a q==1 r==x\\ y", "GET", ":3000/a?q=1&r=x+y", None),
        ("POST example.com a=b c:=3 X-A:d", "POST", "example.com", '{"a": "b", "c": 3}'),
        ("PUT a.example 'a=\"hi\"' b=c:d", "PUT", "a.example", '{"a": "\\"hi\\"", "b": "c:d"}'),
        ("POST a.example a[b][0]=1 a[b][]=2", "POST", "a.example", '{"a": {"b": ["1", "2"]}}'),
        ("--form POST example.com a=b c='d e'", "POST", "example.com", "a=b&c=d+e"),
        ("POST example.com --raw '{\"a\": 1}'", "POST", "example.com", '{"a": 1}'),
        ("-v -a me:pw POST example.com 'a\\:b=c'", "POST", "example.com", '{"a:b": "c"}'),
    ],
)  # fmt: skip
def test_httpie_sends(words: str, method: str, url: str, body: str | None) -> None:
    """Method, URL and body follow from HTTPie's items."""
    command = only_command(f"$ http {words}")

    assert (command.program, command.request.method, url_of(command), body_of(command)) == (
        "http",
        method,
        url,
        body,
    )


def test_httpie_items_are_fields() -> None:
    """Header items and credentials become fields, beside those HTTPie sends by itself."""
    assert _fields(only_command("http -a me:pw POST example.com X-A:b Empty: c=d")) == [
        ("X-A", "b"),
        ("Authorization", "me:pw"),
        ("Content-Type", "application/json"),
        ("Accept", "application/json, */*;q=0.5"),
    ]


def test_httpie_values_lead_back() -> None:
    """A value of the JSON that HTTPie makes leads back to its item."""
    value = "http POST example.com name='a \"b' age:=34"
    body = only_command(value).request.body

    assert body is not None
    for part in ("name", "34"):
        at = body.value.index(part)
        _, start, end = to_root(body, at, at + len(part))
        assert value[start:end] == part


def test_wget_sends() -> None:
    """Method, URL, fields and body follow from wget's options."""
    command = only_command(
        "wget -qS -O- --user me --password=pw --header 'X: y' --post-data 'a=1' example.com/x"
    )

    assert (command.program, command.request.method, url_of(command), body_of(command)) == (
        "wget",
        "POST",
        "example.com/x",
        "a=1",
    )
    assert _fields(command) == [("X", "y"), ("Authorization", "me:pw"), _FORM]
    assert only_command("wget --method=PUT --body-file=a.json https://example.com").files == (
        "a.json",
    )
