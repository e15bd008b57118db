"""What goes wrong on the way, on any day: answers are kept, one submission is made, and the page says what next.

A deploy in mid-draft, a second tab, Back after submit, a double submit, an expired token, a time-out. What two
tabs do at the very same moment is in tests/selfservice/web/test_sending.py; what a browser does of its own accord
is in tests/browser/test_mishaps.py.
"""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa

from forms.kit import Choice, Date, Page, Radios, Service, YesNo, ask
from selfservice.installation import Installation
from selfservice.store.drafts import DraftRow
from selfservice.store.submissions import SubmissionRow
from selfservice.web import sending
from tests.factories.reports import fly_tipping
from tests.journeys.visitor import Visitor
from tests.selfservice.web.test_saving import Mailbox, save

PAGES = list(fly_tipping(where="PE21 6QR", name="Ada Marsh", email="ada@example.org", witnessed=False))
SLUGS = [slug for slug, _ in PAGES]
HEDGE = ask(YesNo("hedge", "Is it behind a hedge?", missing="Select yes if it is behind a hedge"))
CHANGED = "This form has changed since you began. We kept your answers."

Pages = tuple[object, ...]


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Believe quick visitors."""
    monkeypatch.setattr(sending, "LEAST_SECONDS", 0.0)


def bring(visitor: Visitor, to: str) -> Visitor:
    """Bring a visitor to the page with this slug."""
    visitor.begin("boston", "fly-tipping")
    visitor.fill_in(PAGES if to == "check-answers" else PAGES[: SLUGS.index(to)])
    assert visitor.path.endswith(f"/{to}")
    return visitor


def deploy(here: Installation, change: Callable[[Pages], Pages]) -> None:
    """Put another version of the service in place, as a deploy does between two requests."""
    before: Service = here.services["boston"]["fly-tipping"]
    after = replace(before, pages=change(before.pages))  # type: ignore[arg-type]
    here.services = {**here.services, "boston": {**here.services["boston"], "fly-tipping": after}}


def with_a_page_before(slug: str, new: Page) -> Callable[[Pages], Pages]:
    def change(pages: Pages) -> Pages:
        at = [page.slug for page in pages].index(slug)  # type: ignore[attr-defined]
        return (*pages[:at], new, *pages[at:])

    return change


def with_question(slug: str, change: Callable[[Page], Page]) -> Callable[[Pages], Pages]:
    return lambda pages: tuple(
        change(page) if isinstance(page, Page) and page.slug == slug else page for page in pages
    )


def without(slug: str) -> Callable[[Pages], Pages]:
    return lambda pages: tuple(page for page in pages if page.slug != slug)  # type: ignore[attr-defined]


def fewer_sizes(page: Page) -> Page:
    """The page of sizes without the one that everybody here chose."""
    question = page.questions[0]
    assert isinstance(question, Radios)
    kept: tuple[Choice, ...] = tuple(each for each in question.choices if each.value != "car-boot")
    return Page(page.slug, replace(question, choices=kept))


def submissions(here: Installation) -> int:
    with here.database.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(SubmissionRow)) or 0


def answers(here: Installation) -> dict[str, object]:
    """The answers of the one draft."""
    with here.database.read() as session:
        return dict(session.scalars(sa.select(DraftRow.answers)).one())


# A deploy in mid-draft


def test_a_new_page_earlier_is_asked_and_the_rest_is_kept(
    visitor: Visitor,
    installation: Installation,
) -> None:
    bring(visitor, "witnessed")
    deploy(installation, with_a_page_before("size", HEDGE))
    visitor.open(visitor.path)
    assert visitor.path.endswith("/hedge")
    assert f"{CHANGED} Please answer this again: Is it behind a hedge?" in visitor.text
    visitor.press({"hedge": "no"})
    assert visitor.path.endswith("/witnessed"), "what was answered before is not asked again"
    assert CHANGED not in visitor.text
    visitor.fill_in(PAGES[SLUGS.index("witnessed") :])
    visitor.send()
    assert submissions(installation) == 1


def test_a_choice_that_was_taken_away_is_asked_again_and_the_rest_is_kept(
    visitor: Visitor,
    installation: Installation,
) -> None:
    bring(visitor, "about-you")
    deploy(installation, with_question("size", fewer_sizes))
    visitor.open(visitor.path)
    assert visitor.path.endswith("/size")
    assert CHANGED in visitor.text
    assert visitor.press({}).status_code == 200
    assert visitor.title.startswith("Error: ")
    visitor.press({"size": "single-item"})
    assert visitor.path.endswith("/about-you")


def test_a_question_of_another_kind_is_asked_again(
    visitor: Visitor,
    installation: Installation,
) -> None:
    bring(visitor, "about-you")
    since = Date(id="size", label="Since when?", missing="Enter since when")
    deploy(installation, with_question("size", lambda page: Page(page.slug, since)))
    visitor.open(visitor.path)
    assert visitor.path.endswith("/size")
    assert "Please answer this again: Since when?" in visitor.text
    visitor.press({"size-day": "1", "size-month": "2", "size-year": "2026"})
    assert visitor.path.endswith("/about-you")


def test_a_question_that_is_gone_is_not_missed_and_not_sent(
    visitor: Visitor,
    installation: Installation,
) -> None:
    bring(visitor, "check-answers")
    deploy(installation, without("road"))
    visitor.open(visitor.path)
    assert visitor.path.endswith("/check-answers")
    assert CHANGED not in visitor.text
    visitor.send()
    with installation.database.read() as session:
        kept = session.scalars(sa.select(SubmissionRow.answers)).one()
    assert "road" not in {answer["id"] for answer in kept}


def test_each_of_several_changes_is_told_until_all_are_answered(
    visitor: Visitor,
    installation: Installation,
) -> None:
    bring(visitor, "about-you")
    deploy(installation, with_a_page_before("what", HEDGE))
    deploy(installation, with_question("size", fewer_sizes))
    visitor.open(visitor.path)
    assert "Please answer these again: Is it behind a hedge?; How much is there?" in visitor.text
    visitor.press({"hedge": "yes"})
    assert visitor.path.endswith("/size")
    assert "Please answer this again: How much is there?" in visitor.text
    visitor.press({"size": "single-item"})
    assert visitor.path.endswith("/about-you")
    assert CHANGED not in visitor.text


def test_what_was_typed_on_a_page_that_was_open_during_the_deploy_is_kept(
    visitor: Visitor,
    installation: Installation,
) -> None:
    bring(visitor, "size")
    deploy(installation, with_a_page_before("what", HEDGE))
    visitor.press({"size": "car-boot"})
    assert visitor.path.endswith("/hedge")
    assert CHANGED in visitor.text
    assert answers(installation)["size"] == "car-boot"
    visitor.press({"hedge": "no"})
    assert visitor.path.endswith("/road")


def test_a_deploy_at_check_answers_sends_nothing_unanswered_and_then_sends_once(
    visitor: Visitor,
    installation: Installation,
) -> None:
    bring(visitor, "check-answers")
    deploy(installation, with_a_page_before("road", HEDGE))
    visitor.press()
    assert visitor.path.endswith("/hedge")
    assert CHANGED in visitor.text
    assert submissions(installation) == 0
    visitor.press({"hedge": "no"})
    assert visitor.path.endswith("/check-answers")
    visitor.send()
    assert submissions(installation) == 1


def test_a_deploy_before_coming_back_by_link_is_told_there(
    someone: Callable[[], Visitor],
    installation: Installation,
) -> None:
    desk, phone = bring(someone(), "road"), someone()
    code = save(desk)
    deploy(installation, with_a_page_before("size", HEDGE))
    phone.open(Mailbox(installation).link())
    phone.press({"code": code})
    assert phone.path.endswith("/hedge")
    assert CHANGED in phone.text


def test_a_deploy_that_changes_words_alone_is_not_told(
    visitor: Visitor,
    installation: Installation,
) -> None:
    bring(visitor, "road")
    other = with_question(
        "size", lambda page: Page(page.slug, replace(page.questions[0], label="How big is it?"))
    )
    deploy(installation, other)
    for slug in ("size", "road"):
        visitor.open(re.sub(r"/\w+$", f"/{slug}", visitor.path))
        assert visitor.path.endswith(f"/{slug}")
        assert CHANGED not in visitor.text


# A second tab


def test_two_tabs_keep_the_answers_of_both(
    visitor: Visitor,
    installation: Installation,
) -> None:
    bring(visitor, "check-answers")
    first, second = Visitor(visitor.client), Visitor(visitor.client)
    first.open(visitor.path.replace("check-answers", "size") + "?change=1")
    second.open(visitor.path.replace("check-answers", "road") + "?change=1")
    first.press({"size": "single-item"})
    second.press({"road": "yes"})
    assert (answers(installation)["size"], answers(installation)["road"]) == ("single-item", "yes")


def test_a_tab_left_open_leads_to_the_confirmation_and_changes_nothing(
    visitor: Visitor,
    installation: Installation,
) -> None:
    bring(visitor, "check-answers")
    left = Visitor(visitor.client)
    left.open(visitor.path.replace("check-answers", "size") + "?change=1")
    reference = visitor.send()
    for pressed in (
        {"size": "single-item"},
        {"size": "single-item", "do": "save"},
        {"size": "x", "do": "keep"},
    ):
        left.press(pressed, at=visitor.path.replace("/sent", "/size"))
        assert left.reference == reference
    assert answers(installation)["size"] == "car-boot"
    assert submissions(installation) == 1


# Back after submit, and a double submit


def test_back_after_submit_shows_the_confirmation_and_pressing_again_sends_nothing(
    visitor: Visitor,
    installation: Installation,
) -> None:
    bring(visitor, "check-answers")
    check, carried = visitor.path, visitor.hidden()
    reference = visitor.send()
    for again in range(3):
        visitor.press(carried, at=check)
        assert visitor.reference == reference, again
    visitor.open(check)
    assert visitor.reference == reference
    assert submissions(installation) == 1


# An expired token


@pytest.mark.parametrize(("slug", "typed"), [page for page in PAGES if page[0] != "photos"])
def test_an_expired_token_shows_each_page_again_with_all_that_was_typed(
    visitor: Visitor,
    slug: str,
    typed: dict[str, object],
) -> None:
    bring(visitor, slug)
    assert visitor.press(typed, csrf_token="of yesterday").status_code == 400
    assert "What you typed is still here" in visitor.text
    told = [each for given in typed.values() for each in ([given] if isinstance(given, str) else given)]
    for value in filter(None, told):
        assert f'value="{value}"' in visitor.text or f">{value}</textarea>" in visitor.text
    ticked = len(re.findall(r" checked", visitor.text))
    assert ticked == sum(1 if isinstance(given, str) else len(given) for given in typed.values()) or slug in (
        "where",
        "exact-place",
        "about-you",
    )
    visitor.press(typed)
    assert not visitor.path.endswith(f"/{slug}")


def test_a_token_is_too_old_a_little_after_the_page_is(
    visitor: Visitor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from itsdangerous import TimestampSigner

    bring(visitor, "size")
    now = TimestampSigner.get_timestamp(TimestampSigner("a key"))
    for minutes, status in ((69, 303), (71, 400)):
        monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _self, later=minutes * 60: now + later)
        told = {**visitor.hidden(), "size": "car-boot"}
        assert visitor.client.post(visitor.path, data=told).status_code == status


# A time-out


def test_a_time_out_keeps_what_was_typed_and_leads_on_from_there(
    visitor: Visitor,
    installation: Installation,
) -> None:
    bring(visitor, "exact-place")
    visitor.press({"place_detail": "By the gate", "do": "keep"})
    assert "We saved your answers" in visitor.text
    assert "By the gate" not in visitor.text, "whoever sits down there next sees no answer"
    assert answers(installation)["place_detail"] == "By the gate"
    visitor.open(re.search(r'<a href="([^"]+)"[^>]*>Go on', visitor.text)[1])  # type: ignore[index]
    visitor.fill_in(PAGES[2:])
    visitor.send()
    assert submissions(installation) == 1


def test_a_time_out_keeps_what_cannot_be_taken_as_well(visitor: Visitor) -> None:
    bring(visitor, "about-you")
    visitor.press({"email": "ada at example", "do": "keep"})
    visitor.open(re.search(r'<a href="([^"]+)"[^>]*>Go on', visitor.text)[1].replace("&amp;", "&"))  # type: ignore[index]
    assert 'value="ada at example"' in visitor.text
    assert visitor.title.startswith("Error: ")


def test_a_time_out_at_check_answers_sends_nothing(
    visitor: Visitor,
    installation: Installation,
) -> None:
    bring(visitor, "check-answers")
    visitor.press({"do": "keep"})
    assert "We saved your answers" in visitor.text
    assert submissions(installation) == 0
    visitor.open(re.search(r'<a href="([^"]+)"[^>]*>Go on', visitor.text)[1])  # type: ignore[index]
    assert visitor.path.endswith("/check-answers")


def test_a_time_out_after_sending_says_that_it_was_sent(visitor: Visitor) -> None:
    bring(visitor, "check-answers")
    check = visitor.path
    reference = visitor.send()
    visitor.open(check.replace("/check-answers", "/kept"))
    assert "What you sent has reached us" in visitor.text
    visitor.open(re.search(r'<a href="([^"]+)"[^>]*>See what you sent', visitor.text)[1])  # type: ignore[index]
    assert visitor.reference == reference
