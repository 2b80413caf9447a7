"""Which names say that their value is a secret: of members, parameters, elements and header fields.

A name is split into words, so `clientSecret`, `client_secret` and `Client-Secret` are one. Words
that only look alike (`max_tokens`, `token_type`, `next_page_token`, `password_policy`) are told
apart by where the telling word stands: a secret is named at the end.
"""

from __future__ import annotations

from errdecode.regex import expression

SECRET, TOKEN, WEAK, CREDENTIAL, COOKIE, SET_COOKIE, COOKIES, NONE = range(8)
"""What a name says of its value: a secret; one that a machine made, so that it is no phrase; one in
a query or form only; a scheme and a credential; a field of cookies; a cookie with its attributes; a
list or object of cookies; nothing."""

STEMS = (
    *("pass", "pwd", "pin", "secret", "token", "key", "auth", "cvv", "cvc", "csc", "card", "ccn"),
    *("cc_n", "ssn", "social", "otp", "sess", "sid", "sig", "credential", "cookie", "jwt", "code"),
    *("hmac", "assertion", "bearer", "saml", "connection", "cc-n", "ticket"),
)
"""Every name below holds one of these in lower case: they are what a text is searched for."""


def word_set(words: str) -> frozenset[str]:
    """Make a set of the words in a string: long lists are easier to read and to add to."""
    return frozenset(words.split())


_WORD = expression(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_PERCENT = expression(r"%[0-9A-Fa-f]{2}")

_WHOLE = word_set(
    "pin cardpin secret secretid token jwt bearer password passwd passwort pwd passphrase passcode"
    " apikey authorization signature credential credentials authcode authorizationcode cvv cvc csc"
    " cvv2 cvc2 cardnumber ccnumber ccnum creditcard creditcardnumber cardcode securitycode ssn"
    " socialsecuritynumber otp otpcode totp totpcode mfacode smscode smskey verificationcode"
    " session sessionid sessionkey sessid phpsessid jsessionid codeverifier devicecode"
    " clientassertion connectionstring"
)
_WEAK = word_set(
    "key code auth sig pass sid hmac assertion samlresponse samlrequest usercode ticket"
)
_ENDINGS = (
    *(
        "password",
        "passwd",
        "passphrase",
        "passcode",
        "secret",
        "token",
        "credential",
        "credentials",
    ),
    *("signature", "securitycode", "cardnumber", "sessionid", "sessid"),
    *(
        kind + "key"
        for kind in (
            *("api", "private", "secret", "access", "signing", "encryption", "account", "shared"),
            *(
                "master",
                "auth",
                "session",
                "subscription",
                "functions",
                "admin",
                "service",
                "storage",
            ),
        )
    ),
)
_MADE = ("token", "signature", "jwt", "otp", "sessionid", "sessid", "apikey", "accesskey")
_LAST = word_set("pin pwd cvv cvc ssn otp totp jwt")
_TRAILING = word_set(
    "value values confirmation confirm confirmed repeat repeated again hash text raw new old"
    " current plain plaintext base64 1 2 3"
)
_NO_TOKEN = (  # what stands before `token` when it is a cursor, a parser's word or a count
    *("next", "page", "paging", "pagination", "continuation", "sync", "cursor", "previous", "prev"),
    *("start", "starting", "resume", "invalid", "unexpected", "expected", "unknown", "bad", "max"),
    *(
        "min",
        "total",
        "count",
        "scroll",
        "watch",
        "delta",
        "skip",
        "offending",
        "illegal",
        "missing",
    ),
    *("end", "stop", "special", "idempotency", "concurrency"),
)
_OWNERS = ("account", "admin", "backend", "frontend")  # words that end as one of these does
_NO_SIGNATURE = (
    "method",
    "function",
    "type",
    "class",
    "event",
    "file",
    "invalid",
    "bad",
    "missing",
)
_CREDENTIAL = frozenset(("authorization", "proxyauthorization", "xauthorization"))
_COOKIES = {"cookie": COOKIE, "cookie2": COOKIE, "setcookie": SET_COOKIE, "cookies": COOKIES}

_STANDING = word_set(
    "accesskey accesstoken apikey apisecret apitoken authtoken authorization bearertoken"
    " clientsecret cookie cookies credential credentials idtoken jwt passphrase passwd password"
    " pin privatekey pwd refreshtoken secret secretkey session sessionid sessiontoken signature"
    " token"
)

_known: dict[str, int] = {}


def classify(name: str) -> int:
    """Tell what a name says of its value: one of the constants above."""
    kind = _known.get(name)
    if kind is None:
        if len(_known) > 4096:
            _known.clear()
        kind = _known[name] = _classify(name) if len(name) <= 64 else NONE
    return kind


def stands_for_a_secret(word: str) -> bool:
    """Tell whether a word says which secret belongs in its place: `TOKEN`, `api_key`.

    `hunter2secret` and `ourtoken` are secrets themselves, though they end as a name of one does.
    """
    if any(c.isdigit() for c in word) or classify(word) == NONE:
        return False
    return word.isupper() or word.replace("-", "").replace("_", "").lower() in _STANDING


def split_name(name: str) -> list[str]:
    """Split a name into its words, in lower case: `clientSecret`, `client_secret` and such."""
    return [word.lower() for word in _WORD.findall(_PERCENT.sub(" ", name))]


def _classify(name: str) -> int:
    words = split_name(name)
    compact = "".join(words)
    if compact in _CREDENTIAL:
        return CREDENTIAL
    if compact in _COOKIES:
        return _COOKIES[compact]
    if compact in _WEAK:
        return WEAK
    while len(words) > 1 and words[-1] in _TRAILING:
        words.pop()
    compact = "".join(words)
    if not words or not _names_secret(words, compact):
        return NONE
    return TOKEN if compact.endswith(_MADE) else SECRET


def _names_secret(words: list[str], compact: str) -> bool:
    """Tell whether the last of the words is a secret's; `compact` is all of them together."""
    if compact.endswith("token") and compact[:-5].endswith(_NO_TOKEN):
        return compact[:-5].endswith(_OWNERS)
    if compact.endswith("signature") and compact[:-9].endswith(_NO_SIGNATURE):
        return False
    return compact in _WHOLE or words[-1] in _LAST or compact.endswith(_ENDINGS)
