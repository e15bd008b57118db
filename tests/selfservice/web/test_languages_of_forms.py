"""Every kind of question and every page of every service in the accented pseudo-language: no word is left plain.

Each page is drawn as residents see it, first as it opens, then with nothing answered, then with what is wrong.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask, render_template
from werkzeug.datastructures import MultiDict

from forms.catalogue import SERVICES
from forms.kit.answers import summary
from forms.kit.compile import form_for
from forms.kit.fields import name_of
from forms.kit.language import in_language
from forms.kit.samples import SAMPLES, Sample
from forms.kit.service import Page, Service, Stop
from forms.kit.several import AddAnother
from forms.kit.words import filled_in
from selfservice import clock
from selfservice.app import create_app
from selfservice.database import Database
from selfservice.installation import Installation
from selfservice.web.languages import _
from selfservice.web.widgets import compose
from tests.factories.installations import make_installation, make_settings
from tests.untranslated import untranslated

# What samples hold that nobody translates: names, addresses, numbers, and what is wrong with them.
DATA = re.compile("[A-Za-z][A-Za-z0-9@.-]*")
KNOWN = ("Boston Borough Council", "Boston", r"\bMB\b", r"\bAA\b", "PE21", r"\{[a-z_]+\.[a-z_]+\}")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The web application in the accented language; nothing that is drawn here asks its database."""
    home = tmp_path_factory.mktemp("home")
    settings = make_settings(home=home, redis_url="", redis_prefix="none", LANGUAGES="en-XA")
    database = Database(f"sqlite:///{home / 'empty.sqlite3'}")
    yield create_app(make_installation(settings=settings, database=database))
    database.close()


@pytest.fixture
def installation(app: Flask) -> Installation:
    found: Installation = app.extensions["selfservice"]
    return found


@pytest.fixture
def drawn(app: Flask, installation: Installation) -> Iterator[Callable[..., str]]:
    """Draws a template as on a page of Boston."""

    def draw(template: str, **given: Any) -> str:
        usual = {
            "errors": [], "action": "/", "back_url": "/", "guards": None, "notice": None, "sent_elsewhere_to": None,
            "council": installation.councils["boston"], "timeout": TIMEOUT, "megabytes": 10, "limit": 6,
            "files": [], "added": 0, "documents": False, "prices": [], "start_url": "/", "elsewhere": None,
        }  # fmt: skip
        return render_template(template, **usual | given)

    with app.test_request_context("/boston/fly-tipping/"):
        yield draw


TIMEOUT = {
    "stay_url": "/stay", "kept_url": "/kept", "idle": 3600, "warned": 120, "steps": (120, 60, 30), "unsaved": False,
}  # fmt: skip


def left_plain(html: str, *data: object) -> list[str]:
    """The words left plain, but for those that stand in `data`."""
    known = {re.escape(word) for each in data for word in DATA.findall(str(each))}
    return untranslated(html, (*KNOWN, *sorted(known, key=len, reverse=True)))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: type(sample.question).__name__)
def test_every_kind_is_translated_in_every_state(
    drawn: Callable[..., str], installation: Installation, sample: Sample
) -> None:
    page = in_language(service_of(sample), _).pages[0]
    assert isinstance(page, Page)
    kept = {sample.question.id: sample.kept} if sample.kept is not None else {}
    wrong = {name_of(sample.question, part): text for part, text in sample.wrong.items()}
    for answers, posted in ((kept, None), ({}, {}), ({}, wrong)):
        html = of_page(drawn, installation, page, answers, posted)
        assert left_plain(html, sample.kept, sample.wrong) == []


@pytest.mark.parametrize("sample", [each for each in SAMPLES if each.kept is not None])
def test_every_kept_answer_is_shown_in_the_language(drawn: Callable[..., str], sample: Sample) -> None:
    service = in_language(service_of(sample), _)
    rows = summary(service, {sample.question.id: sample.kept}, _)
    html = drawn(
        "journey/check_answers.html", service=service, rows=rows, change_url=str, said=SimpleNamespace(now_send="")
    )  # fmt: skip
    assert left_plain(html, sample.kept) == []


@pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)
def test_every_page_of_every_service_is_translated(
    drawn: Callable[..., str], installation: Installation, service: Service
) -> None:
    shown = in_language(service, _)
    assert left_plain(drawn("journey/start.html", service=shown)) == []
    for page in shown.pages:
        if isinstance(page, Stop):
            html = drawn(
                "journey/stop.html", service=shown, page=page, guidance=filled_in(page.guidance, {}, _)
            )
            assert left_plain(html) == [], page.slug
            continue
        for posted in (None, {}):
            html = of_page(drawn, installation, page, {}, posted, service=shown)
            assert left_plain(html) == [], page.slug


def service_of(sample: Sample) -> Service:
    """A service that asks this question alone."""
    fly_tipping = SERVICES["fly-tipping"]
    title = "" if sample.question.asks and not isinstance(sample.question, AddAnother) else "About this"
    return replace(fly_tipping, pages=(Page("page", sample.question, title=title),), urgent_when=None)


def of_page(
    drawn: Callable[..., str],
    installation: Installation,
    page: Page,
    answers: dict[str, Any],
    posted: dict[str, str] | None,
    service: Service | None = None,
) -> str:
    """A page of questions, as it opens or as it refuses what was posted."""
    typed = None if posted is None else MultiDict(posted)
    form = form_for(page, answers, typed, installation.places, now=clock.now(), translate=_)
    if typed is not None:
        form.validate()
    template = "journey/photos.html" if compose(page, form).has_files else "journey/question.html"
    return drawn(
        template,
        service=service or in_language(SERVICES["fly-tipping"], _),
        page=page,
        look=compose(page, form),
        errors=form.errors_in_order(),
    )
