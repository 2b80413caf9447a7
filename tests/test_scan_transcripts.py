"""What a terminal showed is read out of a log as it is read out of a paste."""

from __future__ import annotations

import pytest
from sightings import read_all

from errdecode.scan.cut import Cutout, cut
from errdecode.scan.model import Sighting

BODY = '{"error":{"code":"no_berth","message":"No berth is free"}}'
SENT = "> POST /v1/berths HTTP/2\n> Host: api.example.com\n> \n"
HEAD = "< HTTP/2 409 \n< content-type: application/json\n"


def sightings(text: str) -> list[Sighting]:
    """The errors of a log in which every line bears a signal."""
    return [one for one in read_all(text.encode()) if isinstance(one, Sighting)]


BETWEEN = {
    "nothing": "",
    "the connection": "* Connection #0 to host api.example.com left intact\n",
    "amounts": "{ [58 bytes data]\n* Closing connection 0\n",
    "a meter": "  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n"
    "                                 Dload  Upload   Total   Spent    Left  Speed\n"
    "100    58  100    58    0     0    310      0 --:--:-- --:--:-- --:--:--   310\n",
}


@pytest.mark.parametrize("between", BETWEEN.values(), ids=BETWEEN)
@pytest.mark.parametrize("body", [BODY, BODY.replace(",", ",\n  ")], ids=["a line", "lines"])
def test_what_curl_says_of_itself_does_not_hide_the_head(between: str, body: str) -> None:
    """Its own lines may stand between head and body, and among the fields."""
    told = "* HTTP/2 found, treating it as 2\n"
    (found,) = sightings(f"{SENT}{HEAD}{told}< x-request-id: r-7\n< \n{between}{body}\n")

    assert (409, "POST", "https://api.example.com/v1/berths", "r-7", "transcript") == (
        found.status,
        found.context.method,
        found.context.url,
        found.context.request_id,
        found.wrapper,
    )


def test_a_list_is_none_of_what_curl_says() -> None:
    """A line with a star counts where it says what curl says, and nowhere else."""
    text = f"{SENT}{HEAD}< \n* Oars are sold out\n{BODY}\n".encode()
    found: list[Cutout] = list(cut(text, [text.index(b'{"error')]))

    assert [None] == [one.head for one in found]
