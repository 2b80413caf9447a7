"""Masks tell equal secrets from others, keep lengths, and cost nothing where there is no secret."""

from __future__ import annotations

import json
import os
import re
import stat
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from secret_reports import (
    JWT,
    PEM,
    echoing,
    exchange,
    report,
    texts_in,
)

from errdecode.model import (
    JSON,
    Problem,
    Tree,
)
from errdecode.redact import find_secrets, mask, redact


@pytest.fixture(autouse=True)
def _own_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has a user of its own, whose key is not made yet."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "state"))


def test_keeps_the_lines_of_a_private_key() -> None:
    """A key that spans lines is covered line by line."""
    masked = mask(f"a\n{PEM}\nb", find_secrets(exchange()))

    assert [len(line) for line in masked.split("\n")] == [
        len(line) for line in f"a\n{PEM}\nb".split("\n")
    ]
    assert masked.startswith("a\n‹")
    assert masked.endswith("\nb")


def test_long_secrets_have_equal_tags_when_they_are_equal() -> None:
    """A secret of 20 characters gets a tag of its own, the same in a header and in an echo."""
    first, second = "first-secret-of-many-1", "other-secret-of-many-2"
    found = exchange(
        headers={"X-Api-Key": first, "X-Auth-Token": second},
        body=json.dumps({"message": f"bad {first}"}),
    )
    after = redact(report(found))
    assert after.exchange.request
    one, two = (field.value.value for field in after.exchange.request.headers)

    assert re.fullmatch("‹[0-9a-f]{6}›•{14}", one)
    assert one != two
    assert after.body
    assert after.body.value == {"message": f"bad {one}"}


def test_short_secrets_have_no_tag() -> None:
    """Nineteen characters are covered without a tag."""

    assert mask("password=" + "a1" * 9 + "b", find_secrets(exchange())) == "password=" + "•" * 19


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_the_key_is_its_owners(tmp_path: Path) -> None:
    """The key is made on first need, 32 bytes that only the user can read, and kept."""
    secrets = find_secrets(exchange())
    path = tmp_path / "state" / "errdecode" / "key"
    mask("nothing secret", secrets)
    before = path.exists()
    first = mask(JWT, secrets)
    key = path.read_bytes()

    assert not before
    assert (len(key), stat.S_IMODE(path.stat().st_mode)) == (32, 0o600)
    assert (mask(JWT, secrets), path.read_bytes()) == (first, key)
    assert [file.name for file in path.parent.iterdir()] == ["key"]


def test_without_a_key_there_is_no_tag(tmp_path: Path) -> None:
    """Where the key cannot be kept, masks have no tags."""
    (tmp_path / "state").write_text("a file stands where the folder should")

    assert mask(JWT, find_secrets(exchange())) == "•" * len(JWT)


def test_names_that_hold_a_secret_are_masked_and_stay_apart() -> None:
    """Members named by secrets are masked in the value and in the tree of places."""
    token = "zq7xzq7x"
    found = exchange(
        headers={"X-Api-Key": token}, body=json.dumps({token: 1, "password": "x", "••••••••": 2})
    )
    before = report(found)
    assert before.body
    tree = Tree(0, 1, None, {name: Tree(0, 1) for name in (token, "password", "••••••••")})
    after = redact(before._replace(body=before.body._replace(tree=tree)))

    assert after.body
    assert after.body.value == {"••••••••": 1, "password": "•", "••••••••(3)": 2}
    assert after.body.tree
    assert list(after.body.tree.children or ()) == ["••••••••", "password", "••••••••(3)"]


def test_depth_is_no_danger() -> None:
    """A value and a tree of any depth are masked."""
    value: JSON = {"password": "zq7x"}
    tree = Tree(0, 1, None, {"zq7xzq7x": Tree(0, 1)})
    for _ in range(20_000):
        value, tree = [value], Tree(0, 1, None, [tree])
    before = report(exchange(headers={"X-Api-Key": "zq7xzq7x"}, body='{"password": "zq7x"}'))
    assert before.body
    after = redact(before._replace(body=before.body._replace(value=value, tree=tree)))
    assert after.body
    inner, leaf = after.body.value, after.body.tree
    while isinstance(inner, list):
        inner = inner[0]
    while leaf and isinstance(leaf.children, list):
        leaf = leaf.children[0]

    assert inner == {"password": "••••"}
    assert leaf
    assert list(leaf.children or ()) == ["••••••••"]


def test_a_report_without_secrets_is_not_rebuilt() -> None:
    """Texts and bodies that hold no secret stay the same objects."""
    before = report(exchange(), Problem(detail="no"))
    after = redact(before)

    assert after.exchange is before.exchange
    assert after.body is before.body


def test_masking_again_changes_nothing() -> None:
    """A masked report is clean."""
    once = redact(echoing("hunter2hunter2hunter2", request='{"password": "hunter2hunter2hunter2"}'))

    assert redact(once) == once


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(codec="utf-8"), min_size=6, max_size=30).filter(
        lambda secret: len(secret.strip()) >= 6 and not secret.isalpha() and "•" not in secret
    )
)
def test_any_secret_is_hidden(secret: str) -> None:
    """Whatever a password is made of, no form of it is left in the request or the echoes."""
    told, shown = _told_of(secret)
    assume(secret not in _told_of("0123456789abcdef")[0])  # `quest.` stands in our own words

    assert [text for text in (secret, json.dumps(secret)[1:-1]) if text in shown] == []
    assert json.dumps(secret)[1:-1] not in told


def _told_of(secret: str) -> tuple[str, str]:
    """What a masked report says of a request with a secret, as JSON, and its texts."""
    after = redact(echoing(secret, request=json.dumps({"password": secret})))
    told = [after.diagnostics, after.notes, after.body and after.body.value]
    return json.dumps(told, default=str), "\0".join(text.value for text in texts_in(after))


@settings(max_examples=150, deadline=None)
@given(st.text("{}[]\"'\\:=&<>/?%, \npasswordtoken019-eyJ.@", max_size=80))
def test_any_text_keeps_its_length(value: str) -> None:
    """Damaged text of any kind is masked character for character, and again without a change."""
    masked = mask(value, find_secrets(exchange()))

    assert len(masked) == len(value)
    assert [at for at, c in enumerate(masked) if c == "\n"] == [
        at for at, c in enumerate(value) if c == "\n"
    ]
