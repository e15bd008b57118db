"""Judges every HTML page that a test fetches, so that no page escapes by not having been thought of.

`JudgingClient` takes the place of Flask's test client: each HTML answer is judged and the test fails, listing
all that is wrong with the page. `judged(html)` and `wrong_headers(headers)` serve tests that fetch pages over
real HTTP.
"""

import functools
import itertools
import re
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import html5lib
import lxml.html
from flask.testing import FlaskClient

from selfservice.translations import PSEUDO
from tests.sweep import kept

# What every page's answer must say to the browser; the value must contain each of these.
HEADERS: Mapping[str, tuple[str, ...]] = {
    "Content-Security-Policy": (
        "default-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action",
    ),
    "X-Content-Type-Options": ("nosniff",),
    "Referrer-Policy": ("same-origin",),
    "Permissions-Policy": ("geolocation=(self)",),
    "Cross-Origin-Opener-Policy": ("same-origin",),
    "Cache-Control": ("",),
}
LABELLED = "input select textarea"
UNLABELLED_TYPES = frozenset({"hidden", "submit", "button", "image", "reset"})


class BadPage(AssertionError):
    """A page that does not pass; says all that is wrong with it."""

    def __init__(self, where: str, wrong: list[str]) -> None:
        super().__init__(f"{where} does not pass the judge:\n  " + "\n  ".join(wrong))
        self.wrong = wrong


class JudgingClient(FlaskClient):
    """A test client that judges each HTML page it is given, whatever its status."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Fetch, and judge what came. Raises `BadPage`."""
        with kept.templates_of(self.application) as templates:
            response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and not 300 <= response.status_code < 400:
            path, html = response.request.path, response.get_data(as_text=True)
            judge(path, html, response.headers)
            if kept.FOLDER and templates:
                kept.keep(templates[-1], path, html)
        return response


def judge(where: str, html: str, headers: Mapping[str, str]) -> None:
    """Raise `BadPage` with everything wrong with a page and its headers."""
    wrong = [*judged(html), *wrong_headers(headers)]
    if wrong:
        raise BadPage(where, wrong)


def wrong_headers(headers: Mapping[str, str]) -> list[str]:
    """What the answer's headers do not promise, in words."""
    wrong = []
    for name, parts in HEADERS.items():
        value = headers.get(name)
        if value is None:
            wrong.append(f"header {name} is missing")
            continue
        wrong += [f"header {name} does not say {part}" for part in parts if part not in value]
        if name == "Content-Security-Policy" and "unsafe" in value:
            wrong.append(f"header {name} allows something unsafe")
    return wrong


def judged(html: str) -> list[str]:
    """What is wrong with a page, in words; empty when it passes."""
    return list(_judged(_without_what_differs(html)))


@functools.lru_cache(maxsize=1024)
def _judged(html: str) -> tuple[str, ...]:
    """Judged once for each distinct page: strict parsing is slow, and tests fetch the same pages often."""
    page = lxml.html.document_fromstring(html)
    checks = (_parsing(html), *(check(page) for check in CHECKS))
    return tuple(wrong for check in checks for wrong in check)


def _without_what_differs(html: str) -> str:
    """The page with tokens that differ at each fetch made alike, so that judging is not repeated for them."""
    return re.sub(r'(name="(?:csrf_token|stamp)" value=")[^"]+', r"\1TOKEN", html)


def _parsing(html: str) -> Iterator[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        parser.parse(html)
    for (line, column), code, more in parser.errors:
        yield f"line {line}, column {column}: {code} {more or ''}".rstrip()


def _heading(page: Any) -> Iterator[str]:
    headings = page.xpath("//h1")
    if len(headings) != 1:
        yield f"has {len(headings)} h1 headings; one is wanted"
    yield from ("has an empty h1" for heading in headings if not _text(heading))
    levels = [
        int(each.tag[1]) for each in page.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4]")
    ]
    for before, after in itertools.pairwise(levels):
        if after > before + 1:
            yield f"goes from h{before} to h{after}, leaving out a level"


def _title(page: Any) -> Iterator[str]:
    titles = [_text(each) for each in page.xpath("/html/head/title")]
    if len(titles) != 1:
        yield f"has {len(titles)} titles; one is wanted"
    elif not titles[0] or titles[0].startswith("–"):
        yield "has an empty title"
    else:
        said = PSEUDO[page.get("lang")].gettext("Error:") if page.get("lang") in PSEUDO else "Error:"
        marked, summary = titles[0].startswith(f"{said} "), bool(page.find_class("govuk-error-summary"))
        if summary and not marked:
            yield f'has an error summary, but its title does not begin "{said} "'
        if marked and not summary:
            yield f'has a title that begins "{said} ", but no error summary'


def _language(page: Any) -> Iterator[str]:
    if not page.get("lang"):
        yield "does not say its language"


def _landmarks(page: Any) -> Iterator[str]:
    if len(page.xpath("//main")) != 1:
        yield "does not have one main part"
    skips = page.find_class("govuk-skip-link")
    if not skips or not page.xpath("//*[@id=$id]", id=skips[0].get("href", "").lstrip("#")):
        yield "has no skip link to its main part"


def _helping(page: Any) -> Iterator[str]:
    """Whoever acts for somebody is told so before anything else, on every page."""
    banners = page.find_class("helping")
    if not banners:
        return
    landmarks = page.xpath(
        "//header | //nav | //main | //aside | //footer | //section[@aria-label] | //*[@role]"
    )
    if landmarks[0] is not banners[0] or not banners[0].get("aria-label"):
        yield "does not have the banner of who is helped as its first landmark"
    told = banners[0].xpath("string(.//strong)")
    if told not in page.xpath("string(/html/head/title)"):
        yield f"does not say {told!r} in its title, though its banner does"


def _labels(page: Any) -> Iterator[str]:
    targets = {each.get("for") for each in page.xpath("//label[@for]") if _text(each)}
    for control in page.xpath("//input | //select | //textarea"):
        if control.tag == "input" and control.get("type", "text") in UNLABELLED_TYPES:
            continue
        if control.get("id") not in targets and not control.get("aria-label"):
            yield f"control {control.get('name') or control.get('id')!r} has no label"
    ids = set(page.xpath("//@id"))
    yield from (f"label for {target!r} labels nothing" for target in sorted(targets - ids))
    yield from (
        f"button {lxml.html.tostring(each)[:60]!r} has no words"
        for each in page.xpath("//button | //a[@href]")
        if not _text(each) and not each.get("aria-label")
    )
    yield from ("a picture has no alt text" for each in page.xpath("//img[not(@alt)]"))


def _groups(page: Any) -> Iterator[str]:
    for group in page.xpath("//fieldset[not(legend)]"):
        yield f"fieldset around {group.xpath('.//@name')[:1]} has no legend"


def _ids(page: Any) -> Iterator[str]:
    counted = Counter(page.xpath("//@id"))
    yield from (f"id {each!r} is used {times} times" for each, times in counted.items() if times > 1)
    for name in ("aria-describedby", "aria-labelledby", "aria-controls"):
        for value in page.xpath(f"//@{name}"):
            yield from (
                f"{name} names {each!r}, which is not there" for each in value.split() if each not in counted
            )


def _anchors(page: Any) -> Iterator[str]:
    ids = set(page.xpath("//@id"))
    for link in page.xpath("//a[starts-with(@href, '#')]"):
        if link.get("href")[1:] not in ids:
            yield f"link to {link.get('href')} leads nowhere"
    beside = [message.text_content() for message in page.find_class("govuk-error-message")]
    for link in page.xpath("//*[contains(@class, 'govuk-error-summary__list')]//a"):
        target = page.xpath("//*[@id=$id]", id=link.get("href", "")[1:])
        if target and target[0].tag not in ("input", "select", "textarea", "button"):
            yield f"error link {link.get('href')} does not lead to a control"
        if not any(link.text_content().strip() in told for told in beside):
            yield f"error {link.text_content().strip()!r} is not told beside its question"


def _csrf(page: Any) -> Iterator[str]:
    for form in page.xpath("//form"):
        if (form.get("method") or "get").lower() != "post":
            continue
        if not [each for each in form.xpath(".//input[@name='csrf_token']/@value") if each]:
            yield f"form posting to {form.get('action')!r} has no CSRF token"
        if form.xpath(".//input[@type='file']") and form.get("enctype") != "multipart/form-data":
            yield f"form posting to {form.get('action')!r} has a file input, but sends no files"
    if page.xpath("//form//form"):
        yield "has a form within a form"


def _inline(page: Any) -> Iterator[str]:
    yield from (f"has an inline style: {value!r}" for value in page.xpath("//@style"))
    yield from ("has a style element" for _ in page.xpath("//style"))
    yield from ("has an inline script" for _ in page.xpath("//script[not(@src)]"))
    for element in page.iter(lxml.html.etree.Element):
        for name, value in element.attrib.items():
            if name.startswith("on"):
                yield f"has {name}= on a {element.tag}"
            if name in ("href", "action", "src", "formaction") and value.strip().lower().startswith(
                "javascript:"
            ):
                yield f"has a javascript: address on a {element.tag}"


def _unfinished(page: Any) -> Iterator[str]:
    text = page.text_content()
    for mark in ("None", "Undefined", "{{", "}}", "{%", "Traceback (most", "<built-in"):
        if re.search(rf"(?<![\w{{]){re.escape(mark)}(?!\w)", text) and mark != "None":
            yield f"shows {mark!r} to the reader"
    yield from ("shows 'None' to the reader" for each in page.xpath("//text()") if each.strip() == "None")
    yield from (
        f"has {name}='None'" for name in ("value", "href", "id") for _ in page.xpath(f"//*[@{name}='None']")
    )


def _not_gov_uk(page: Any) -> Iterator[str]:
    for part in ("govuk-header__logotype", "govuk-footer__crown", "govuk-footer__copyright-logo"):
        if page.find_class(part):
            yield f"carries {part}: councils must not pass for GOV.UK"


def _text(element: Any) -> str:
    return " ".join(element.text_content().split())


CHECKS = (
    _heading,
    _title,
    _language,
    _landmarks,
    _helping,
    _labels,
    _groups,
    _ids,
    _anchors,
    _csrf,
    _inline,
    _unfinished,
    _not_gov_uk,
)
