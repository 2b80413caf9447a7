"""curl's options, and how curl tells options, their arguments and URLs apart
(https://curl.se/docs/manpage.html).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from errdecode.model import Text
from errdecode.model.record import NamedTuple
from errdecode.source import cut

WITH_ARGUMENT = frozenset(
    """
    abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config
    connect-timeout connect-to continue-at cookie cookie-jar create-file-mode crlfile curves data
    data-ascii data-binary data-raw data-urlencode delegation dns-interface dns-ipv4-addr
    dns-ipv6-addr dns-servers doh-url dump-header ech egd-file engine etag-compare etag-save
    expect100-timeout form form-string ftp-account ftp-alternative-to-user ftp-method ftp-port
    ftp-ssl-ccc-mode happy-eyeballs-timeout-ms haproxy-clientip header hostpubmd5 hostpubsha256 hsts
    interface ip-tos ipfs-gateway json keepalive-cnt keepalive-time key key-type knownhosts krb krb4
    libcurl limit-rate local-port login-options mail-auth mail-from mail-rcpt max-filesize
    max-redirs max-time netrc-file noproxy oauth2-bearer output output-dir parallel-max
    parallel-max-host pass pinnedpubkey preproxy proto proto-default proto-redir proxy proxy-cacert
    proxy-capath proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile proxy-header proxy-key
    proxy-key-type proxy-pass proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers
    proxy-tlsauthtype proxy-tlspassword proxy-tlsuser proxy-user proxy1.0 pubkey quote random-file
    range rate referer request request-target resolve retry retry-delay retry-max-time sasl-authzid
    service-name sigalgs socks4 socks4a socks5 socks5-gssapi-service socks5-hostname speed-limit
    speed-time ssl-sessions stderr telnet-option tftp-blksize time-cond tls-max tls13-ciphers
    tlsauthtype tlspassword tlsuser trace trace-ascii trace-config unix-socket upload-file
    upload-flags url url-query user user-agent variable vlan-priority write-out
    """.split()
)
WITHOUT_ARGUMENT = frozenset(
    """
    alpn anyauth append basic buffer ca-native cert-status clobber compressed compressed-ssh
    create-dirs crlf digest disable disable-eprt disable-epsv disallow-username-in-url
    doh-cert-status doh-insecure dump-ca-embed eprt epsv fail fail-early fail-with-body false-start
    follow form-escape ftp-create-dirs ftp-pasv ftp-pret ftp-skip-pasv-ip ftp-ssl ftp-ssl-ccc
    ftp-ssl-control ftp-ssl-reqd get globoff haproxy-protocol head help http0.9 http1.0 http1.1
    http2 http2-prior-knowledge http3 http3-only ignore-content-length include insecure ipv4 ipv6
    junk-session-cookies keepalive list-only location location-trusted mail-rcpt-allowfails manual
    metalink mptcp negotiate netrc netrc-optional next npn ntlm ntlm-wb out-null parallel
    parallel-immediate path-as-is post301 post302 post303 progress-bar progress-meter proxy-anyauth
    proxy-basic proxy-ca-native proxy-digest proxy-http2 proxy-insecure proxy-negotiate proxy-ntlm
    proxy-ssl-allow-beast proxy-ssl-auto-client-cert proxy-tlsv1 proxytunnel raw remote-header-name
    remote-name remote-name-all remote-time remove-on-error retry-all-errors retry-connrefused
    sasl-ir sessionid show-error show-headers silent skip-existing socks5-basic socks5-gssapi
    socks5-gssapi-nec ssl ssl-allow-beast ssl-auto-client-cert ssl-no-revoke ssl-reqd
    ssl-revoke-best-effort sslv2 sslv3 styled-output suppress-connect-headers tcp-fastopen
    tcp-nodelay tftp-no-options tls-earlydata tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 tr-encoding
    trace-ids trace-time use-ascii verbose version xattr
    """.split()
)
SHORT = {
    "A": "user-agent", "b": "cookie", "c": "cookie-jar", "C": "continue-at", "d": "data",
    "D": "dump-header", "e": "referer", "E": "cert", "F": "form", "g": "globoff",
    "G": "get", "H": "header",
    "I": "head", "K": "config", "m": "max-time", "o": "output", "P": "ftp-port", "Q": "quote",
    "r": "range", "t": "telnet-option", "T": "upload-file", "u": "user", "U": "proxy-user",
    "w": "write-out", "x": "proxy", "X": "request", "y": "speed-time", "Y": "speed-limit",
    "z": "time-cond", ":": "next",
}  # fmt: skip
"""The short options that matter here: all with an argument, and four without.

Any other letter is a flag.
"""


class Option(NamedTuple):
    """An option, or a URL."""

    name: str
    """The long name without dashes; `url` for a URL that stands alone, `word` for what may be one,
    or the argument of an option that curl does not have."""
    written: str
    """As it is spelled in the command: `-d`, `--data-raw`."""
    argument: Text | None = None


def read_options(words: Sequence[Text]) -> list[Option]:
    """Tell the options and URLs of curl's words, the program's name not included."""
    options: list[Option] = []
    at, dashes, strange = 0, True, False
    while at < len(words):
        word = words[at]
        at += 1
        if not dashes or not word.value.startswith("-") or word.value == "-":
            doubtful = strange and "://" not in word.value
            options.append(Option("word" if doubtful else "url", "", word))
            strange = False
        elif word.value == "--":
            dashes = False
        else:
            read = _long(word) if word.value.startswith("--") else _short(word)
            last = read[-1]
            if last.argument is None and last.name in WITH_ARGUMENT and at < len(words):
                read[-1] = last._replace(argument=words[at])
                at += 1
            options += read
            strange = word.value.startswith("--") and _is_strange(word.value[2:], last.name)
    return options


def _is_strange(written: str, name: str) -> bool:
    """Tell whether a long option is none of curl's, so that a word behind it may be its
    argument.
    """
    plain = name.removeprefix("no-")
    return "=" not in written and plain not in WITH_ARGUMENT and plain not in WITHOUT_ARGUMENT


def _long(word: Text) -> list[Option]:
    """Read a long option: exact, `--no-`, abbreviated without doubt, or `--name=value`, which curl
    itself refuses.
    """
    name, equals, _ = word.value[2:].partition("=")
    if name not in WITH_ARGUMENT and name not in WITHOUT_ARGUMENT:
        name = _complete(name, WITH_ARGUMENT | WITHOUT_ARGUMENT) or name
    argument = None
    if equals and name in WITH_ARGUMENT:
        argument = cut(word, word.value.index("=") + 1, len(word.value))
    return [Option(name, word.value.partition("=")[0], argument)]


def _complete(prefix: str, names: Iterable[str]) -> str | None:
    found = [name for name in names if name.startswith(prefix)] if len(prefix) > 1 else []
    return found[0] if len(found) == 1 else None


def _short(word: Text) -> list[Option]:
    """Read combined short options; the first with an argument takes the rest of the word."""
    options: list[Option] = []
    for at in range(1, len(word.value)):
        letter = word.value[at]
        name = SHORT.get(letter, letter)
        if name in WITH_ARGUMENT:
            glued = cut(word, at + 1, len(word.value)) if at + 1 < len(word.value) else None
            return [*options, Option(name, f"-{letter}", glued)]
        options.append(Option(name, f"-{letter}"))
    return options
