"""Where somebody goes on to after signing in is a page of ours, whatever the address was made up to look like."""

from urllib.parse import urljoin, urlsplit

import pytest

from selfservice.web.next_page import council_of, ours

OURS = (
    "/", "/boston/", "/account/", "/boston/fly-tipping/0198f2a0/check-answers", "/boston/?search=bin%20day",
    "/account/sign-in-details", "/progress", "/account/?show=open#top", "/boston/fly-tipping/x?wrong=1",
)  # fmt: skip
# What has opened redirects of others, each in its own way.
EVIL = (
    "//evil.example", "///evil.example", "////evil.example", "//evil.example/%2e%2e", "//evil.example/..",
    "/\\evil.example", "/\\/evil.example", "\\/evil.example", "\\\\evil.example", "/\\\\evil.example",
    "\\evil.example", "//\\evil.example", "/boston\\..\\evil", "https:evil.example", "https:/evil.example",
    "https://evil.example", "http://evil.example", "HTTPS://EVIL.EXAMPLE", "//evil.example:80",
    "//evil.example@localhost", "//localhost@evil.example", "http://localhost@evil.example",
    "http://localhost.evil.example", "//localhost.evil.example", "javascript:alert(1)",
    "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "javascript://localhost/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>", "vbscript:msgbox(1)", "file:///etc/passwd",
    "ftp://evil.example", "blob:https://evil.example/1", "mailto:sam@example.org", "tel:01632960001",
    "about:blank", "evil.example", "evil.example/boston", "www.evil.example", ".evil.example",
    "@evil.example", ":80", "?next=//evil.example", "#//evil.example", "", " ", "\t", "\n", "\r\n",
    " /boston/", "\t/boston/", "/\t/evil.example", "/\n/evil.example", "/\r/evil.example",
    "/\u0000/evil.example", "/\u000b/evil.example", "/\u001f/evil.example", "/\u007f/evil.example",
    "/ /evil.example", "/boston\r\nSet-Cookie: a=b", "/boston\nLocation: //evil.example",
    "/\u2028/evil.example", "/\u3002evil.example", "/\uff0fevil.example", "\uff0f\uff0fevil.example",
    "/\u200b/evil.example", "/\u00a0/evil.example", "/../evil", "/..//evil.example", "/.//evil.example",
    "/boston/..//evil.example", "/boston/../../evil", "/./evil", "/boston//evil.example",
    "/;//evil.example", "//[::1]", "//[evil", "/" + "a" * 500, "//0x7f000001", "//2130706433",
    "///\\;@evil.example", "////\\evil.example", "/https://evil.example", "/http:/\\evil.example",
    "/account/sign-in", "/account/sign-in?next=/", "/account/sign-out", "/account/sign-up",
    "/account/link/x", "/account/openid/example/back", "/account/prove?next=/account/prove",
    "/account/check-your-messages",
)  # fmt: skip


def test_there_are_eighty_of_them() -> None:
    assert len(set(EVIL)) >= 80


@pytest.mark.parametrize("told", OURS)
def test_a_page_of_ours_is_gone_on_to(told: str) -> None:
    assert ours(told) == told


@pytest.mark.parametrize("told", EVIL, ids=repr)
def test_nothing_else_is(told: str) -> None:
    assert ours(told) == ""


@pytest.mark.parametrize("told", [*OURS, *EVIL, "/%2f/evil.example", "/%5cevil.example", "/boston/%0d%0aX:y"])
def test_whatever_is_gone_on_to_is_on_this_host(told: str) -> None:
    where = urlsplit(urljoin("https://forms.example.org/account/sign-in", ours(told) or "/"))
    assert (where.scheme, where.netloc) == ("https", "forms.example.org")


def test_none_is_nowhere() -> None:
    assert ours(None) == ""


@pytest.mark.parametrize(
    ("told", "slug"),
    [
        ("/boston/fly-tipping/", "boston"),
        ("/boston?x=/y", "boston"),
        ("/", ""),
        ("", ""),
        ("/progress", "progress"),
    ],
)
def test_its_first_part_may_be_a_council(told: str, slug: str) -> None:
    assert council_of(told) == slug
