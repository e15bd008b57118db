"""The judge refuses each kind of bad page, and lets a good one pass."""

import pytest
from flask import Flask, Response

from tests.judge import BadPage, JudgingClient, judged, wrong_headers

GOOD = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Where is it? – Boston</title></head>
<body><a class="govuk-skip-link" href="#main">Skip to main content</a>
<main id="main"><h1>Where is it?</h1>
<form method="post" action="/x"><input type="hidden" name="csrf_token" value="abc">
<label for="place">Place</label><input id="place" name="place" aria-describedby="place-hint">
<div id="place-hint">A postcode</div><button type="submit">Continue</button></form></main></body></html>"""
SUMMARY = (
    '<div class="govuk-error-summary"><ul class="govuk-error-summary__list">'
    '<li><a href="#{}">x</a></li></ul></div>'
)
BANNER = (
    '<section class="helping" aria-label="You are helping"><p><strong>Helping Mary</strong></p></section>'
)
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}

BAD = [
    ("<h1>Where is it?</h1>", "<h2>Where is it?</h2>", "0 h1 headings"),
    ("</main>", "<h1>Again</h1></main>", "2 h1 headings"),
    ("</main>", "<h3>Deep</h3></main>", "leaving out a level"),
    ("<h1>Where is it?</h1>", "<h1> </h1>", "empty h1"),
    ("<title>Where is it? – Boston</title>", "<title> – Boston</title>", "empty title"),
    ("<title>Where is it? – Boston</title>", "", "0 titles"),
    ("<title>", "<title>Error: ", "no error summary"),
    ("<form", SUMMARY.format("place") + "<form", 'does not begin "Error: "'),
    ("<form", SUMMARY.format("nowhere") + "<form", "leads nowhere"),
    ("<form", SUMMARY.format("place-hint") + "<form", "does not lead to a control"),
    ("<form", SUMMARY.format("place") + "<form", "not told beside its question"),
    (' lang="en"', "", "does not say its language"),
    ('href="#main"', 'href="#content"', "no skip link"),
    ("<main", "<section", "one main part"),
    ('<label for="place">Place</label>', "", "has no label"),
    ('for="place"', 'for="other"', "labels nothing"),
    ('<div id="place-hint">', '<div id="place">', "used 2 times"),
    ('<div id="place-hint">', "<div>", "which is not there"),
    ("Continue</button>", "</button>", "has no words"),
    ("</form>", '<img src="/a.jpg"></form>', "no alt text"),
    ("</form>", '<fieldset><label for="a">A</label><input id="a"></fieldset></form>', "no legend"),
    ('name="csrf_token"', 'name="other"', "no CSRF token"),
    ('value="abc"', 'value=""', "no CSRF token"),
    ("</form>", '<label for="f">F</label><input id="f" type="file"></form>', "sends no files"),
    ("<h1>", '<h1 style="color:red">', "inline style"),
    ("</head>", "<style>h1{color:red}</style></head>", "style element"),
    ("</head>", "<script>alert(1)</script></head>", "inline script"),
    ("<h1>", '<h1 onclick="x()">', "onclick="),
    ('action="/x"', 'action="javascript:x()"', "javascript: address"),
    ("A postcode", "None", "'None'"),
    ('action="/x"><', 'action="/x"><a href="None">y</a><', "href='None'"),
    ("A postcode", "{{ hint }}", "'{{'"),
    ("</main>", '<svg class="govuk-footer__crown"></svg></main>', "must not pass for GOV.UK"),
    ("<h1>Where is it?</h1>", "<h1>Where is it?</h1></p>", "line 4"),
    ("<h1>Where is it?</h1>", "<p><h1>Where is it?</h1></p>", "line 4"),
    ("<!DOCTYPE html>", "", "expected-doctype"),
    ("<main", BANNER + "<main", "in its title"),
    ("<main", "<header></header>" + BANNER + "<main", "first landmark"),
]


def test_a_good_page_passes() -> None:
    assert judged(GOOD) == []
    assert wrong_headers(HEADERS) == []


@pytest.mark.parametrize(("good", "bad", "words"), BAD, ids=[bad[2] for bad in BAD])
def test_a_bad_page_is_refused(good: str, bad: str, words: str) -> None:
    assert good in GOOD
    page = GOOD.replace(good, bad)
    assert any(words in wrong for wrong in judged(page)), judged(page)


def test_a_page_that_says_first_and_in_its_title_who_is_helped_passes() -> None:
    page = GOOD.replace("<main", BANNER + "<main").replace("<title>", "<title>Helping Mary · ")
    assert judged(page) == []


@pytest.mark.parametrize("name", HEADERS)
def test_a_missing_header_is_refused(name: str) -> None:
    kept = {other: value for other, value in HEADERS.items() if other != name}
    assert wrong_headers(kept) == [f"header {name} is missing"]


def test_a_policy_that_allows_inline_script_is_refused() -> None:
    policy = HEADERS["Content-Security-Policy"] + "; script-src 'unsafe-inline'"
    assert wrong_headers(HEADERS | {"Content-Security-Policy": policy}) != []


def test_the_client_judges_pages_of_every_status_and_nothing_else() -> None:
    app = Flask(__name__)
    app.test_client_class = JudgingClient
    app.add_url_rule("/good", view_func=lambda: Response(GOOD, headers=HEADERS))
    app.add_url_rule("/bad", endpoint="bad", view_func=lambda: Response("<p>", 500, HEADERS))
    app.add_url_rule("/data", endpoint="data", view_func=lambda: {"not": "a page"})
    client = app.test_client()
    assert client.get("/good").status_code == 200
    assert client.get("/data").status_code == 200
    with pytest.raises(BadPage, match="/bad does not pass the judge"):
        client.get("/bad")
