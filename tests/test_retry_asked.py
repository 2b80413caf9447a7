"""The laws of a server's wait: each documented field and member, in each form it comes in."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.format import Code, Format, RetryRule, Verdict
from errdecode.model import Exchange, Field, Response, Text
from errdecode.pipeline import decode
from errdecode.retry import derive
from errdecode.retry.asked import Asked, read_asked
from errdecode.retry.times import read_duration, read_moment, read_wait, say

FEW = settings(max_examples=150, deadline=None)
DATE = "Sun, 22 Nov 2026 08:00:00 GMT"
NOW = 1795334400
VENDOR = Format("x", "X", "vendor", "https://docs.example.com", "2026-11-22")  # type: ignore[arg-type]
HTTP = VENDOR._replace(kind="knowledge")


def exchange_of(fields: str, status: int | None = 429) -> Exchange:
    """An exchange whose response has these fields, `name: value`, divided by ` | `."""
    pairs = (line.split(": ", 1) for line in fields.split(" | ") if line)
    headers = tuple(Field(name, Text(value)) for name, value in pairs)
    return Exchange("http", Text(""), response=Response(status, None, headers))


def asked_by(fields: str, status: int | None = 429) -> Asked | None:
    """What a response with these fields asks for; its Date is the time that is `NOW`."""
    return read_asked(exchange_of(f"{fields} | Date: {DATE}", status), status, None)


def seconds_of(fields: str, status: int | None = 429) -> float | None:
    """The seconds of that."""
    asked = asked_by(fields, status)
    return asked.seconds if asked else None


# ---------------------------------------------------------------- Retry-After


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("2.0", 2.0),
        ("Sun, 22 Nov 2026 08:02:00 GMT", 120.0),
        ("Sunday, 22-Nov-26 08:00:30 GMT", 30.0),
        ("Sun Nov 22 08:00:05 2026", 5.0),
        ("Sun, 22 Nov 2026 07:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("٣", None),
        ("9" * 5000, None),
        ("", None),
    ],
)
def test_the_forms_of_retry_after(value: str, expected: float | None) -> None:
    """Seconds, or one of HTTP's dates held against Date (RFC 9110, sections 10.2.3 and 5.6.7)."""
    assert expected == seconds_of(f"Retry-After: {value}", 503)


@pytest.mark.parametrize("date", ["", "Date: yesterday"])
@pytest.mark.parametrize(
    "fields",
    [
        "Retry-After: Sun, 22 Nov 2026 08:02:00 GMT",
        "X-RateLimit-Remaining: 0 | X-RateLimit-Reset: 1795334430",
    ],
)
def test_a_time_without_a_date(fields: str, date: str) -> None:
    """A time is never held against the clock here: the trail says that Date is missing."""
    exchange = exchange_of(f"{fields} | {date}" if date else fields)
    found = derive(exchange, 429, HTTP, None)

    assert ("later", None) == found[:2]
    assert "there is no Date to hold it against" in found.trail[0]


# ---------------------------------------------------------------- rate limit fields


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        # draft-ietf-httpapi-ratelimit-headers-10, -07, -06
        ('RateLimit: "default";r=0;t=30', 30.0),
        ("RateLimit: default;r=0;t=30", 30.0),
        ('RateLimit: "burst";r=9;t=3, "day, all";r=0;t=500;pk=:cGs=:', 500.0),
        ('RateLimit: "burst";r=0;t=3 | RateLimit: "day";r=0;t=500', 500.0),
        ('RateLimit: "day";r=0 | RateLimit-Policy: "burst";q=9;w=1,"day";q=9;w=60', 60.0),
        ('RateLimit: "day";r=0', None),
        ('RateLimit: "default";r=50;t=30', None),
        ("RateLimit: limit=100, remaining=0, reset=50", 50.0),
        ("RateLimit: limit=100, remaining=5, reset=50", None),
        ("RateLimit: ", None),
        ('RateLimit: "', None),
        ("RateLimit-Limit: 10 | RateLimit-Remaining: 0 | RateLimit-Reset: 50", 50.0),
        # https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
        ("x-ratelimit-remaining: 0 | x-ratelimit-reset: 1795334430", 30.0),
        ("x-ratelimit-remaining: 17 | x-ratelimit-reset: 1795334430", None),
        ("x-ratelimit-remaining: 0 | x-ratelimit-reset: 1795330000", 0.0),
        # https://developer.okta.com/docs/reference/rate-limits/, X, TransIP
        ("X-Rate-Limit-Remaining: 0 | X-Rate-Limit-Reset: 1795334410", 10.0),
        # Unix milliseconds
        ("X-RateLimit-Remaining: 0 | X-RateLimit-Reset: 1795334401500", 1.5),
        # https://docs.discord.com/developers/topics/rate-limits: both forms, with fractions
        ("X-RateLimit-Remaining: 0 | X-RateLimit-Reset: 1795334402.6", 2.6),
        (
            "X-RateLimit-Remaining: 0 | X-RateLimit-Reset: 1795334403"
            " | X-RateLimit-Reset-After: 2.57",
            2.57,
        ),
        # https://platform.openai.com/docs/guides/rate-limits
        (
            "x-ratelimit-remaining-requests: 0 | x-ratelimit-remaining-tokens: 140"
            " | x-ratelimit-reset-requests: 6m0s | x-ratelimit-reset-tokens: 8h",
            360.0,
        ),
        ("x-ratelimit-remaining-requests: 0 | x-ratelimit-reset-requests: 120ms", 0.12),
        ("x-ratelimit-remaining-tokens: -1 | x-ratelimit-reset-tokens: 0", 0.0),
        # https://docs.claude.com/en/api/rate-limits
        (
            "anthropic-ratelimit-requests-remaining: 0"
            " | anthropic-ratelimit-requests-reset: 2026-11-22T08:00:45Z"
            " | anthropic-ratelimit-tokens-remaining: 9000"
            " | anthropic-ratelimit-tokens-reset: 2026-11-22T09:00:00Z",
            45.0,
        ),
        # https://docs.joinmastodon.org/api/rate-limits/
        ("X-RateLimit-Remaining: 0 | X-RateLimit-Reset: 2026-11-22T09:05:00.000000+01:00", 300.0),
        # https://developer.gocardless.com/api-reference/#making-requests-rate-limiting
        ("RateLimit-Remaining: 0 | RateLimit-Reset: Sun, 22 Nov 2026 08:01:00 GMT", 60.0),
        # Contentful: two windows, and one reset for both
        (
            "X-Contentful-RateLimit-Hour-Remaining: 35000 | X-Contentful-RateLimit-Reset: 1"
            " | X-Contentful-RateLimit-Second-Remaining: 0",
            1.0,
        ),
        # https://developer.bigcommerce.com/docs/start/best-practices/api-rate-limits
        ("X-Rate-Limit-Requests-Left: 0 | X-Rate-Limit-Time-Reset-Ms: 29500", 29.5),
        ("X-Rate-Limit-Requests-Left: 149 | X-Rate-Limit-Time-Reset-Ms: 29500", None),
        # Reddit counts fractions
        ("X-Ratelimit-Remaining: 0.0 | X-Ratelimit-Used: 600 | X-Ratelimit-Reset: 90", 90.0),
        # without units, the 429 itself says that a limit was reached
        ("X-RateLimit-Reset: 23", 23.0),
        ("X-Ratelimit-Retryafter: 1795334460", 60.0),
        # no wait in any of these
        ("X-RateLimit-Remaining: 0", None),
        ("X-RateLimit-Remaining: 0 | X-RateLimit-Reset: soon", None),
        ("X-RateLimit-Limit: 0 | X-RateLimit-Used: 7", None),
        ("X-RateLimit-Remaining: 0 | X-RateLimit-Reset: 30 | Age: 7", None),
        ("X-RateLimit-Remaining: none | X-Request-Reset: 30", None),
    ],
)
def test_documented_rate_limits(fields: str, expected: float | None) -> None:
    """A quota that is used up asks for the wait until it is filled; one that is not, for none."""
    assert expected == seconds_of(fields)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("retry-after-ms: 350 | Retry-After: 1", 0.35),
        ("x-ms-retry-after-ms: 1200", 1.2),
        ('Retry-After: 7 | RateLimit: "default";r=0;t=30', 7.0),
        ('Retry-After: soon | RateLimit: "default";r=0;t=30', 30.0),
        ("X-RateLimit-Remaining: 0 | X-RateLimit-Reset: 5 | RateLimit: a;r=0;t=2", 5.0),
    ],
)
def test_the_order_of_fields(fields: str, expected: float) -> None:
    """Milliseconds are finer than Retry-After, which comes before quotas; all quotas count."""
    assert expected == seconds_of(fields)


@pytest.mark.parametrize(
    ("status", "verdict", "format", "expected"),
    [
        (429, None, HTTP, ("later", 30.0)),
        (503, None, HTTP, ("later", 30.0)),
        (403, "after-change", HTTP, ("later", 30.0)),
        (403, "after-change", VENDOR, ("after-change", None)),
        (403, "later", VENDOR, ("later", 30.0)),
        (500, "once", VENDOR, ("once", 30.0)),
        (400, "unknown", VENDOR, ("unknown", None)),
        (404, "after-change", HTTP, ("after-change", None)),
        (413, "after-change", HTTP, ("after-change", None)),
        (None, None, HTTP, ("unknown", None)),
    ],
)
def test_where_an_empty_quota_counts(
    status: int | None, verdict: Verdict | None, format: Format, expected: tuple[str, float | None]
) -> None:
    """Waiting makes sense where a quota is the reason, or where a repetition helps anyway."""
    entry = Code(code="A", retry=RetryRule(verdict)) if verdict else None
    exchange = exchange_of('RateLimit: "default";r=0;t=30', status)

    assert expected == derive(exchange, status, format, entry)[:2]


@pytest.mark.parametrize("status", [403, 413, 429, 503])
def test_retry_after_comes_before_general_advice(status: int) -> None:
    """The server's word on this answer is nearer than what HTTP says of its status."""
    entry = Code(status=status, retry=RetryRule("after-change"))
    exchange = exchange_of("Retry-After: 5", status)

    assert ("later", 5.0) == derive(exchange, status, HTTP, entry)[:2]
    assert ("after-change", None) == derive(exchange, status, VENDOR, entry)[:2]
    assert "after-change" == derive(exchange, 400, HTTP, entry).verdict


def test_the_trail_says_which_field_by_which_rule() -> None:
    """Each line names the field as it was sent, and where it is defined."""
    github = asked_by("x-ratelimit-remaining: 0 | x-ratelimit-reset: 1795334430")
    draft = asked_by('RateLimit: "default";r=0;t=1209600')
    claude = asked_by("anthropic-ratelimit-requests-reset: 2026-11-22T08:00:45Z")

    assert github is not None
    assert draft is not None
    assert claude is not None
    assert (
        "x-ratelimit-remaining is 0, and x-ratelimit-reset gives 30 s, counted from Date "
        "(no standard, but common)"
    ) == github.said
    assert (
        "r of RateLimit is 0, and t gives 1209600 s (draft-ietf-httpapi-ratelimit-headers)"
    ) == draft.said
    assert "anthropic-ratelimit-requests-reset gives 45 s, counted from Date (Anthropic)" == (
        claude.said
    )


NAMES = st.sampled_from(
    (
        "Retry-After retry-after-ms RateLimit RateLimit-Policy RateLimit-Reset Date Age"
        " X-RateLimit-Remaining X-RateLimit-Reset X-RateLimit-Reset-After X-RateLimit-Reset-Tokens"
    ).split()
)
VALUES = st.text(max_size=30) | st.sampled_from(
    ["0", "-1", "1795334400", DATE, "2026-11-22T08:00:45Z", '"a";r=0;t=1', "a;r=0", "6m0s", "1e400"]
)


@given(st.lists(st.tuples(NAMES, VALUES), max_size=8), st.sampled_from([403, 429, 500, None]))
@FEW
def test_any_field_is_read(pairs: list[tuple[str, str]], status: int | None) -> None:
    """Whatever the fields hold, there is no crash, and never a negative wait."""
    headers = tuple(Field(name, Text(value)) for name, value in pairs)
    exchange = Exchange("http", Text(""), response=Response(status, None, headers))
    found = derive(exchange, status, HTTP, None)

    assert found.after_seconds is None or found.after_seconds >= 0
    assert found.after_seconds is None or found.trail


@pytest.mark.parametrize("value", ['"' * 5000, ";" * 5000, "a;" * 2500, '";"' * 2000, "a-" * 2500])
def test_hostile_fields_take_no_time(value: str) -> None:
    """Long damaged fields are read in passing."""
    assert seconds_of(f"RateLimit: {value} | RateLimit-Policy: {value}") is None
    assert seconds_of(f"X-{value.replace(';', '-')}-RateLimit-Reset: 5") in (None, 5.0)


# ---------------------------------------------------------------- waits in the body


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("64.57", "s", 64.57),
        ("1.5s", "s", 1.5),
        ("1h2m3s", "s", 3723.0),
        ("1500", "ms", 1.5),
        ("2s", "ms", 2.0),
        ("", "s", None),
        ("1795334430", "time", 30.0),
        ("1795334400500", "time", 0.5),
        ("2026-11-22T08:00:30Z", "time", 30.0),
        ("2026-11-22T08:00:30", "time", None),
        ("Sun, 22 Nov 2026 08:00:30 GMT", "time", 30.0),
        ("2020-01-01T00:00:00Z", "time", 0.0),
        ("30", "time", None),
    ],
)
def test_the_units_of_a_member(text: str, unit: str, expected: float | None) -> None:
    """`unit` says what a number counts, or that it is the time when the wait ends."""
    assert expected == read_wait(text, unit, NOW)


@given(st.text(max_size=40) | st.from_regex(r"[0-9hms.TZ:-]{1,30}", fullmatch=True))
@FEW
def test_any_text_is_read_as_a_wait(text: str) -> None:
    """Whatever a member holds is a number of seconds from 0 on, or nothing."""
    for unit in ("s", "ms", "time"):
        found = read_wait(text, unit, NOW)

        assert found is None or found >= 0
        assert read_wait(text, "time", None) is None


@given(st.floats(0, 9e8))
@FEW
def test_seconds_are_said_without_an_exponent(seconds: float) -> None:
    """What the trail says of a wait can be read back, to the millisecond."""
    assert abs((read_duration(say(seconds).replace(" ", "")) or 0) - seconds) < 0.001


@given(st.integers(10**9, 10**10 - 1))
@FEW
def test_seconds_and_milliseconds_since_1970_are_told_apart(moment: int) -> None:
    """Unix seconds and Unix milliseconds name the same point in time."""
    assert moment == read_moment(str(moment)) == read_moment(f"{moment}000")


@pytest.mark.parametrize(
    ("format", "fields", "body", "expected"),
    [
        ("matrix", "", '{"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 1200}', 1.2),
        (
            "vercel",
            f"Date: {DATE}\r\n",
            '{"error": {"code": "rate_limited", "message": "m", "limit": {"reset": 1795334430}}}',
            30.0,
        ),
        (
            "openai",
            "",
            '{"error": {"message": "Please try again in 1m2.5s.", "type": "tokens",'
            ' "param": null, "code": "rate_limit_exceeded"}}',
            62.5,
        ),
        ("discord", "", '{"message": "limited", "retry_after": 2.57, "global": false}', 2.57),
        ("slack", "Retry-After: 30\r\n", '{"ok": false, "error": "ratelimited"}', 30.0),
        (
            "google-rpc",
            "",
            '{"error": {"code": 429, "message": "m", "status": "RESOURCE_EXHAUSTED",'
            ' "details": [{"retryDelay": "3.5s"}]}}',
            3.5,
        ),
    ],
)
def test_waits_of_the_catalog(format: str, fields: str, body: str, expected: float) -> None:
    """Where a provider documents the member of the body that holds the wait, it is read."""
    head = f"HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/json\r\n{fields}\r\n"
    (report,) = decode(head + body, format=format)

    assert ("later", expected) == report.diagnostics[0].retry[:2]
