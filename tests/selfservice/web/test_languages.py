"""Pages in the reader's language: which it is, and that nothing on any page is left out of translation."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from forms.kit.samples import HOUSE
from selfservice import clock, languages_command
from selfservice.app import create_app
from selfservice.database import Database
from selfservice.domain.case import CaseStatus
from selfservice.domain.people import SYSTEM, Role
from selfservice.domain.profile import Need
from selfservice.domain.progress import NEWS_WORDS
from selfservice.installation import Installation
from selfservice.operations import assisting, drafting, homes, profiles
from selfservice.store import accounts, submissions, timeline
from selfservice.texting import texting
from selfservice.translations import PSEUDO, Language
from selfservice.web import errors, words
from tests.factories.accounts import an_agent, as_customer, helping, mary_smith, sent
from tests.factories.authenticator import Authenticator
from tests.factories.installations import make_installation, make_settings
from tests.factories.people import a_member_of_staff, sign_in
from tests.factories.phones import TEXTS
from tests.factories.pictures import picture
from tests.factories.reports import fly_tipping
from tests.factories.telling_time import Standing
from tests.journeys.visitor import Visitor
from tests.selfservice.web.second_factors import add_passkey, take_up
from tests.selfservice.web.test_saving import Mailbox
from tests.untranslated import ReadingClient, untranslated

LINK = re.compile(r'href="([^"]*language=[^"]*)"')
# Data that stands on pages as it is: names of councils and authorities, and what the visitors type.
KNOWN = (
    *("Boston Borough Council", "East Lindsey District Council", "South Holland District Council"),
    *("North Kesteven District Council", "North Kesteven", "Boston", "East Lindsey", "South Holland"),
    *("Ada Marsh", "By the gate opposite the mill", "Two people in overalls", "A white van", "4pm"),
    *("AB12 CDE", "nowhere at all", "PE21", "TF 12", "TF \\d+ \\d+", "English", "MB\\b", "x\\.jpg"),
)
ACCENTED = "en-XA"
TURNED = "ar-XB"


@pytest.fixture
def app(installation: Installation) -> Flask:
    """The web application in three languages."""
    made = create_app(installation)
    made.test_client_class = ReadingClient
    ReadingClient.known = KNOWN
    return made


@pytest.fixture
def installation(database: Database, tmp_path: Path) -> Installation:
    """An installation that offers English and both pseudo-languages."""
    told = {"LANGUAGES": "en,en-XA,ar-XB"}
    settings = make_settings(home=tmp_path, redis_url="", redis_prefix="none", **told)
    return make_installation(settings=settings, database=database)


@pytest.fixture
def abroad(someone: Callable[[], Visitor], installation: Installation) -> Iterator[Visitor]:
    """A visitor who has chosen the accented language. Whatever their pages ask for must be found by extraction."""
    asked: set[str] = set()
    installation.languages = tuple(
        noting(each, asked) if each.tag == ACCENTED else each for each in installation.languages
    )
    visitor = someone()
    visitor.open(f"/?language={ACCENTED}")
    assert f'<html lang="{ACCENTED}"' in visitor.text
    yield visitor
    left_out = {each for each in asked - extracted(installation) if untranslated(f"<p>{each}</p>", KNOWN)}
    assert not left_out, "translators would never see: " + "; ".join(sorted(left_out))


def noting(language: Language, asked: set[str]) -> Language:
    """The language, noting what is asked of it."""

    def gettext(words: str) -> str:
        asked.add(words)
        return language.gettext(words)

    def ngettext(one: str, many: str, number: int) -> str:
        asked.update((one, many))
        return language.ngettext(one, many, number)

    return replace(language, gettext=gettext, ngettext=ngettext)


def extracted(installation: Installation) -> set[str]:
    """Every text that translators are given."""
    ids = (each.id for each in languages_command.messages(installation.settings))
    return {text for each in ids for text in ((each,) if isinstance(each, str) else each)}


def answers(*, witnessed: bool = True) -> list[tuple[str, dict[str, object]]]:
    pages = fly_tipping(where="PE21 6QR", name="Ada Marsh", email="ada@example.org", witnessed=witnessed)
    return [(slug, dict(fields)) for slug, fields in pages]


# Which language


def test_english_is_what_nobody_has_to_ask_for(visitor: Visitor) -> None:
    visitor.open("/boston/")
    assert '<html lang="en" dir="ltr"' in visitor.text


def test_a_link_chooses_and_the_session_keeps_it(visitor: Visitor) -> None:
    visitor.open("/boston/")
    visitor.open(next(link for link in LINK.findall(visitor.text) if ACCENTED in link))
    assert visitor.path == "/boston/"
    assert "language" not in visitor.page.request.full_path  # type: ignore[union-attr]
    visitor.open("/progress")
    assert f'<html lang="{ACCENTED}"' in visitor.text


def test_the_link_leads_to_the_page_that_it_stands_on_with_all_its_arguments(visitor: Visitor) -> None:
    visitor.begin("boston", "fly-tipping")
    visitor.fill_in(answers()[:2])
    visitor.open(f"{visitor.path}?change=1")
    visitor.open(f"{visitor.path}?change=1&language={ACCENTED}")
    assert visitor.page.request.full_path.endswith("/land?change=1")  # type: ignore[union-attr]
    assert f'<html lang="{ACCENTED}"' in visitor.text


def test_one_language_offers_no_choice(installation: Installation) -> None:
    installation.languages = installation.languages[:1]
    visitor = Visitor(create_app(installation).test_client())
    visitor.open(f"/boston/?language={ACCENTED}")
    assert '<html lang="en"' in visitor.text
    assert "site-header__languages" not in visitor.text


@pytest.mark.parametrize(
    "path", ["//elsewhere.example/?language=en-XA", "/\\elsewhere.example/?language=en-XA"]
)
def test_a_choice_leads_to_no_other_website(app: Flask, path: str) -> None:
    answer = app.test_client().get(path)
    assert not answer.headers.get("Location", "/").startswith(("//", "/\\")), answer.headers["Location"]


def test_an_unknown_language_changes_nothing(visitor: Visitor) -> None:
    visitor.open("/boston/?language=tlh")
    assert '<html lang="en"' in visitor.text


@pytest.fixture
def welsh(database: Database, tmp_path: Path) -> Installation:
    """An installation with a file of translations of its own."""
    config = tmp_path / "config"
    config.mkdir()
    for each in ("councils", "authorities.toml"):
        (config / each).symlink_to(
            make_settings(home=tmp_path, redis_url="", redis_prefix="").config_folder / each
        )
    (config / "languages").mkdir()
    (config / "languages" / "cy.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Report fly-tipping"\nmsgstr "Rhoi gwybod am dipio anghyfreithlon"\n\n'
        'msgid "Services"\nmsgstr "Gwasanaethau"\n',
        encoding="utf-8",
    )
    told = {"LANGUAGES": "en,cy", "CONFIG_FOLDER": str(config)}
    settings = make_settings(home=tmp_path, redis_url="", redis_prefix="none", **told)
    return make_installation(settings=settings, database=database)


def test_the_browser_is_asked_which_language_and_what_has_no_translation_is_english(
    welsh: Installation,
) -> None:
    client = create_app(welsh).test_client()
    page = client.get("/boston/", headers={"Accept-Language": "cy-GB,cy;q=0.9,en;q=0.5"}).text
    assert '<html lang="cy" dir="ltr"' in page
    assert "Rhoi gwybod am dipio anghyfreithlon" in page
    assert "Gwasanaethau" in page
    assert "Contact us" in page


def test_no_browser_gets_a_pseudo_language_without_asking_for_it_by_the_link(app: Flask) -> None:
    page = app.test_client().get("/", headers={"Accept-Language": "ar,en-XA"}).text
    assert '<html lang="en"' in page


# That nothing is left out


def test_the_pages_around_a_journey_are_translated(abroad: Visitor) -> None:
    for path in ("/", "/boston/", "/boston/fly-tipping/", "/progress", "/boston/no-such/", "/no-such/"):
        abroad.open(path)
        assert f'<html lang="{ACCENTED}"' in abroad.text
    abroad.open("/")
    for typed in ("", "nowhere at all", "PE21", "TF 12", "PE21", "ZZ99 9ZZ", "NG34 7SF", "TF 12"):
        abroad.press({"postcode": typed}, at="/")
    abroad.open("/progress")
    abroad.press({"reference": "", "postcode": ""})
    abroad.press({"reference": "BOS-AAAA-AAAA", "postcode": "PE21 6QR"})
    abroad.open("/boston/progress/not-a-link")


def test_every_page_of_a_journey_is_translated_first_and_in_error(abroad: Visitor) -> None:
    abroad.begin("boston", "fly-tipping")
    for slug, fields in answers():
        assert abroad.path.endswith(f"/{slug}")
        if slug not in ("exact-place", "who", "registration", "photos"):
            abroad.press({})  # left empty: the page says what is missing
            assert abroad.path.endswith(f"/{slug}"), abroad.path
        abroad.press(fields)
    assert abroad.path.endswith("/check-answers")
    abroad.open(abroad.path.replace("check-answers", "where") + "?change=1")
    abroad.press({"place": "TF 12"})
    abroad.open(abroad.path.replace("where", "when"))
    abroad.press({"when-day": "32", "when-month": "", "when-year": "26"})
    abroad.press({"when-day": "1", "when-month": "1", "when-year": "2199", "when-time": "x" * 60})
    abroad.open(abroad.path.replace("when", "about-you"))
    abroad.press({"name": "x" * 200, "email": "1", "phone": "1"})
    abroad.open(abroad.path.replace("about-you", "check-answers"))
    abroad.send()
    for more in ("", "/copy"):
        abroad.open(re.sub(r"/sent.*", "/sent", abroad.path) + more)


def test_the_ends_of_a_journey_are_translated(abroad: Visitor) -> None:
    abroad.begin("boston", "fly-tipping")
    abroad.press({"place": "NG34 7SF"})
    abroad.open(abroad.path.replace("elsewhere", "where"))
    abroad.press({"place": "PE21 6QR"})
    abroad.press({"place_detail": ""})
    abroad.press({"land": "private-residential"})
    assert abroad.path.endswith("/private-land")


def test_photos_are_translated(abroad: Visitor) -> None:
    abroad.begin("boston", "fly-tipping")
    for slug, fields in answers(witnessed=False):
        if slug == "photos":
            break
        abroad.press(fields)
    abroad.press({"do": "upload", "photos": (io.BytesIO(b"no picture"), "x.jpg")})
    shot = picture(kind="JPEG", width=300, height=200, author="Ada Marsh")
    for _ in range(7):
        abroad.press({"do": "upload", "photos": (io.BytesIO(shot), "x.jpg")})


def test_saving_and_coming_back_are_translated(abroad: Visitor) -> None:
    abroad.begin("boston", "fly-tipping")
    abroad.press({"place": "PE21 6QR", "do": "save"})
    abroad.press({"recipient": "wrong"})
    abroad.press({"recipient": ""})
    abroad.press({"recipient": "ada@example.org"})
    assert abroad.path.endswith("/saved")
    abroad.open(abroad.path.replace("/saved", "/kept"))
    abroad.open("/return/not-a-link")


def test_saving_and_coming_back_by_text_are_translated(abroad: Visitor, installation: Installation) -> None:
    installation.settings = replace(installation.settings, texting=texting(TEXTS))
    abroad.begin("boston", "fly-tipping")
    abroad.press({"do": "save"})
    for typed in ("wrong", "", "07700 900123"):
        abroad.press({"recipient": typed})
    assert abroad.path.endswith("/saved")
    link = Mailbox(installation).link()
    abroad.open(link)
    abroad.press(at=f"{link}/code")
    for _ in range(5):
        abroad.open(link)
        abroad.press({"code": "no code 0"})
    abroad.press(at=f"{link}/new-link")


def test_progress_is_translated_but_for_the_words_of_the_back_office(
    abroad: Visitor, installation: Installation
) -> None:
    abroad.begin("boston", "fly-tipping")
    abroad.fill_in(answers(witnessed=False))
    reference = abroad.send()
    with installation.database.write() as session:
        row = submissions.by_reference(session, "boston", reference)
        assert row is not None
        line = f"{NEWS_WORDS[CaseStatus.IN_PROGRESS]} A crew is on its way"
        timeline.write_line(session, SYSTEM, "boston", row.id, "case_in_progress", line, row.submitted_at)
    abroad.open(abroad.progress_link)
    assert '<span lang="en" dir="ltr">A crew is on its way</span>' in abroad.text
    assert PSEUDO[ACCENTED].gettext(NEWS_WORDS[CaseStatus.IN_PROGRESS]) in abroad.text


@pytest.mark.parametrize("status", [*words._REFUSALS, 418])
def test_every_page_of_errors_is_translated(app: Flask, status: int) -> None:
    with app.test_client() as client:
        client.get(f"/?language={ACCENTED}")
        with app.test_request_context("/boston/", headers={"Cookie": _cookie(client)}):
            drawn = errors.page(status, *errors._refusal(status)).get_data(as_text=True)
    assert f'<html lang="{ACCENTED}"' in drawn
    assert untranslated(drawn, KNOWN) == []


def _cookie(client: object) -> str:
    kept = client.get_cookie("selfservice")  # type: ignore[attr-defined]
    return f"selfservice={kept.value}"


def test_what_is_sent_is_kept_in_english_for_those_who_deal_with_it(
    abroad: Visitor, installation: Installation
) -> None:
    abroad.begin("boston", "fly-tipping")
    abroad.fill_in(answers())
    reference = abroad.send()
    with installation.database.read() as session:
        row = submissions.by_reference(session, "boston", reference)
        assert row is not None
        told = {given["question"]: given["shown"] for given in row.answers}
        assert row.service_title == "Report fly-tipping"
    assert told["What kind of land is it on?"] == "Road, pavement or verge"
    assert PSEUDO[ACCENTED].gettext("What kind of land is it on?") in abroad.text
    assert PSEUDO[ACCENTED].gettext("Road, pavement or verge") in abroad.text


def test_staff_sign_in_and_second_factors_are_translated(
    abroad: Visitor, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each page in its states; names of roles, passkeys and apps are data."""
    ReadingClient.known = (
        *KNOWN,
        "Priya Marsh",
        "My phone",
        "Firefox, Windows",
        r"[A-Z2-7 ]{39}",
        r"[0-9a-z-]{29}",
    )
    now, time = clock.now(), Standing(monkeypatch)
    email, secret = "priya.marsh@example.org", "purple kettle harbour"
    with installation.database.write() as session:
        hashed = installation.passwords.hash(secret)
        roles = [(slug, role) for slug in installation.councils for role in Role]
        a_member_of_staff(session, "Priya Marsh", now, email=email, roles=roles, password_hash=hashed)
    abroad.open("/staff/sign-in")
    abroad.press()
    abroad.press(email=email, password="another")
    abroad.open("/staff/reset")
    abroad.press(email=email)
    abroad.open("/staff/link/no-such-token")
    abroad.open("/staff/sign-in")
    abroad.press(email=email, password=secret)
    assert abroad.path == "/staff/set-up"
    app = take_up(abroad, "/staff/set-up")
    abroad.press()
    abroad.press(code="000000")
    abroad.press(code=app.at(now))
    for page in ("/staff/", "/staff/security", "/staff/security/codes", "/staff/security/remove?which=app"):
        abroad.open(page)
    add_passkey(abroad, "/staff/security", Authenticator())
    abroad.press(answer="{}", at="/staff/security/passkey")
    abroad.open("/staff/security/remove?which=app")
    time.go_on(minutes=11)
    abroad.open("/staff/security/codes")
    assert abroad.path == "/staff/prove"
    abroad.press()
    abroad.press(code="000000")
    abroad.press(answer="{}")
    abroad.open("/account/sign-in/passkey")
    ReadingClient.known = KNOWN


def test_my_account_is_translated(abroad: Visitor, installation: Installation) -> None:
    """Each page in its states; what is held of Mary, and what was told, are data."""
    ReadingClient.known = (
        *(*KNOWN, "Mary Smith", "1 Example Street", "Tom Smith", "a browser of the tests", "Near"),
    )
    now = clock.now()
    with installation.database.write() as session:
        row = mary_smith(session, now)
        mary = as_customer(row)
        homes.add(session, mary, HOUSE, now, current=True)
        profiles.change_needs(session, mary, [Need.LARGE_PRINT], "", now)
        profiles.change_household(session, mary, [{"full_name": "Tom Smith", "relation": "child"}], now)
        late = now - timedelta(days=1)
        reference = sent(
            session, mary, installation.links, now, resolve_by=late, acknowledge_by=late
        ).reference
        drafting.begin(session, mary, "boston", "fly-tipping", now)
        _member, staff = an_agent(session, now)
        agent = helping(session, staff, row, now)
        for what in ("timeline", "profile"):
            assisting.note_view(session, agent, "boston", what, now, customer_id=row.id)
        sign_in(session, abroad.client, now, account=accounts.of_customer(session, row.id))
    for address in (
        "",
        "?show=open",
        "?show=closed",
        f"requests/{reference}",
        "who-looked",
        "profile",
        "export",
    ):
        abroad.open(f"/account/{address}")
    for page in ("name", "phone", "contact", "needs", "household", "address"):
        abroad.open(f"/account/profile/{page}")
        abroad.press()
    abroad.open("/account/claim")
    abroad.press()
    abroad.press(reference=reference)
    abroad.press(code="000000")
    abroad.open("/account/unclaim/nonsense")
    abroad.open("/account/delete")
    abroad.press(at="/account/delete")
    abroad.press(agreed="agreed", at="/account/delete")
    assert abroad.path == "/account/deleted"
    ReadingClient.known = KNOWN


# From right to left


def test_a_page_runs_the_way_its_language_does(visitor: Visitor) -> None:
    visitor.open(f"/boston/?language={TURNED}")
    assert f'<html lang="{TURNED}" dir="rtl"' in visitor.text
    assert re.search(r"govuk-frontend\.[0-9a-f]{12}\.rtl\.css", visitor.text)
    visitor.begin("boston", "fly-tipping")
    visitor.fill_in(answers())
    visitor.send()


def test_a_telephone_number_is_not_torn_apart_from_right_to_left(visitor: Visitor) -> None:
    visitor.open(f"/?language={TURNED}")
    assert '<bdi dir="ltr">01632 960301</bdi>' in visitor.text
    visitor.begin("boston", "fly-tipping")
    visitor.press({"place": "PE21"})
    assert "is only part of a postcode" not in visitor.text
    visitor.open("/boston/no-such-service/")
    assert "\u2068Boston Borough Council\u2069" in visitor.text
