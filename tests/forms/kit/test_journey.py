"""The way through every service there is, whatever was answered."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.catalogue import SERVICES
from forms.kit import journey
from forms.kit.conditions import Is
from forms.kit.service import Page, Service, Stop
from tests.forms.strategies import answers_to

FLY_TIPPING = SERVICES["fly-tipping"]
EVERY_SERVICE = pytest.mark.parametrize("service", SERVICES.values(), ids=list(SERVICES))


def _answer(
    service: Service, wanted: dict[str, Any], answers: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Walk on from `answers`, answering as wanted, else with the first example; stops when it ends."""
    answers = dict(answers or {})
    for _ in service.pages:
        last = journey.path(service, answers)[-1]
        if isinstance(last, Stop) or journey.finished(service, answers):
            return answers
        answers |= journey.seen(last)
        for question in last.asked:
            answers[question.id] = wanted.get(question.id, question.examples()[0])
    return answers


@EVERY_SERVICE
@given(data=st.data())
def test_random_answers_always_lead_somewhere(service: Service, data: st.DataObject) -> None:
    answers = data.draw(answers_to(service))
    way = journey.path(service, answers)
    ended = journey.finished(service, answers)
    assert way
    assert len({page.slug for page in way}) == len(way)
    last = way[-1]
    waits = isinstance(last, Stop) or not last.asked or not journey.done(last, journey.kept(service, answers))
    assert ended or waits
    assert all(
        journey.done(page, journey.kept(service, answers)) for page in way[:-1] if isinstance(page, Page)
    )
    assert not any(isinstance(page, Stop) for page in way[:-1])


@EVERY_SERVICE
@given(data=st.data())
def test_answering_page_by_page_always_ends(service: Service, data: st.DataObject) -> None:
    begun = data.draw(answers_to(service))
    wanted = {q.id: data.draw(st.sampled_from(q.examples())) for q in service.questions()}
    answers = _answer(service, wanted, begun)
    assert journey.finished(service, answers) or isinstance(journey.path(service, answers)[-1], Stop)


@EVERY_SERVICE
@given(data=st.data())
def test_answers_off_the_path_are_dropped_and_change_nothing(service: Service, data: st.DataObject) -> None:
    answers = data.draw(answers_to(service))
    kept = journey.kept(service, answers)
    asked = {q.id for page in journey.path(service, answers) if isinstance(page, Page) for q in page.asked}
    assert kept.keys() <= asked
    assert all(kept[question] == answers[question] for question in kept)
    assert journey.path(service, kept) == journey.path(service, answers)
    assert journey.kept(service, kept) == kept


@EVERY_SERVICE
@given(data=st.data())
def test_next_and_previous_undo_each_other(service: Service, data: st.DataObject) -> None:
    answers = data.draw(answers_to(service))
    slugs = [page.slug for page in journey.path(service, answers)]
    for slug in slugs[:-1]:
        following = journey.walk(service, answers).after(slug)
        assert journey.walk(service, answers).before(following) == slug
    if journey.finished(service, answers):
        assert journey.walk(service, answers).after(slugs[-1]) == "check-answers"
        assert journey.walk(service, answers).before("check-answers") == slugs[-1]
    else:
        assert journey.walk(service, answers).after(slugs[-1]) == slugs[-1]
    assert journey.walk(service, answers).before(slugs[0]) is None


def test_a_page_is_on_the_path_only_when_answers_lead_to_it() -> None:
    assert journey.walk(FLY_TIPPING, {}).leads_to("where")
    assert not journey.walk(FLY_TIPPING, {}).leads_to("land")
    assert not journey.walk(FLY_TIPPING, {}).leads_to("check-answers")
    assert journey.walk(FLY_TIPPING, _answer(FLY_TIPPING, {})).leads_to("check-answers")


def test_a_page_is_found_on_the_path_or_not() -> None:
    found = journey.find(FLY_TIPPING, "statement")
    assert found is not None
    assert found.heading == "Would you make a statement?"
    assert journey.find(FLY_TIPPING, "nowhere") is None


def test_a_page_no_longer_on_the_path_leads_back_to_where_the_answers_reach() -> None:
    answers = _answer(FLY_TIPPING, {"witnessed": "no"})
    del answers["size"]
    assert journey.walk(FLY_TIPPING, answers).after("statement") == "size"


def test_an_optional_page_is_done_only_once_it_was_seen() -> None:
    answers = _answer(FLY_TIPPING, {"witnessed": "no"})
    del answers["photos"]
    assert journey.path(FLY_TIPPING, answers)[-1].slug == "photos"
    assert journey.finished(FLY_TIPPING, answers | {"photos": None})


def test_a_choice_since_taken_away_is_asked_for_again() -> None:
    answers = _answer(FLY_TIPPING, {}) | {"size": "a-choice-of-last-year"}
    assert journey.path(FLY_TIPPING, answers)[-1].slug == "size"


def test_a_changed_answer_that_opens_new_pages_leads_through_them() -> None:
    answers = _answer(FLY_TIPPING, {"witnessed": "no"}) | {"witnessed": "yes"}
    assert journey.path(FLY_TIPPING, answers)[-1].slug == "when"


def test_a_stale_answer_off_the_path_decides_nothing() -> None:
    """The statement was promised, then "did you see it" became no: contact details are optional again."""
    anonymous = {"witnessed": "no", "statement": "yes", "name": None, "email": None, "phone": None}
    assert journey.finished(FLY_TIPPING, _answer(FLY_TIPPING, {}) | anonymous)


def test_a_page_is_not_done_while_none_of_several_is_given() -> None:
    page = journey.find(FLY_TIPPING, "about-you")
    assert isinstance(page, Page)
    told = {"statement": "yes", "name": "Fern Fictional", "email": None, "phone": None}
    assert not journey.done(page, told)
    assert journey.done(page, told | {"phone": "+441632960001"})
    assert page.at_least_one is not None
    assert page.at_least_one.when == Is("statement", "yes")


def test_a_page_that_only_tells_is_waited_at_until_it_was_seen_or_something_after_it_was_answered() -> None:
    service = SERVICES["someone-has-died"]
    first = service.pages[0]
    assert isinstance(first, Page)
    assert not first.asked
    assert journey.walk(service, {}).ends_at == first.slug
    assert journey.walk(service, journey.seen(first)).ends_at == service.pages[1].slug
    assert journey.walk(service, {"died_name": "Sam Sample"}).ends_at == service.pages[1].slug
    assert journey.kept(service, journey.seen(first)) == {}
