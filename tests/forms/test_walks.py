"""Random walks through every service: they end, keep what was asked and no more, and go where was proven."""

import itertools
import json
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from werkzeug.datastructures import MultiDict

from forms.catalogue import SERVICES, for_council
from forms.completing import Unfinished, complete
from forms.kit import Page, Service, Stop, journey
from forms.kit.answers import given as given_answers
from forms.kit.chart import declared
from forms.kit.compile import form_for
from forms.kit.publish import json_schema, open311_definition
from forms.kit.ways import END, START, reached, steps
from selfservice.configuration import load_councils
from selfservice.settings import ROOT
from tests.forms.strategies import Nowhere, Walked, answer_to, answers_to, walks

COUNCILS = load_councils(ROOT / "config", {})
EVERY = pytest.mark.parametrize("service", SERVICES.values(), ids=list(SERVICES))
WALKED = settings(max_examples=15)
GEO_REPORT = {"string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"}
HOLIDAYS: frozenset[date] = frozenset()


@EVERY
@WALKED
@given(data=st.data())
def test_a_walk_ends_as_the_journey_says_whatever_else_was_answered(
    service: Service, data: st.DataObject
) -> None:
    walked = data.draw(walks(service))
    stale = {
        name: value for name, value in data.draw(answers_to(service)).items() if name not in walked.answers
    }
    way = journey.walk(service, {**stale, **walked.all})
    assert way.pages == walked.pages
    assert way.kept == walked.answers
    assert way.through == walked.through
    assert way.through or isinstance(way.pages[-1], Stop)
    assert {each.id for each in given_answers(service, {**stale, **walked.all})} == {
        name for name, value in walked.answers.items() if value is not None
    }


@EVERY
@WALKED
@given(data=st.data())
def test_every_condition_agrees_with_the_way_that_was_walked(service: Service, data: st.DataObject) -> None:
    walked = data.draw(walks(service))
    way = journey.walk(service, walked.all)
    asked = {
        question.id: page.slug for page in service.pages if isinstance(page, Page) for question in page.asked
    }
    order = [page.slug for page in service.pages]
    for number, page in enumerate(service.pages[: order.index(way.pages[-1].slug) + 1]):
        earlier = {name: value for name, value in walked.all.items() if asked.get(name) not in order[number:]}
        holds = page.when is None or page.when.holds(earlier)
        assert holds == (page in way.pages), page.slug


@EVERY
@WALKED
@given(data=st.data())
def test_no_walk_leaves_what_was_proven_and_drawn(service: Service, data: st.DataObject) -> None:
    """Answers of all sorts, not only those that the start-up check tries."""
    walked = data.draw(walks(service))
    made, pages = proven(service.slug)
    slugs = [START, *(page.slug for page in walked.pages), *([END] if walked.through else [])]
    assert set(itertools.pairwise(slugs)) <= made
    assert {page.slug for page in walked.pages} <= pages


@cache
def proven(slug: str) -> tuple[frozenset[tuple[str, str]], set[str]]:
    """The steps and the pages of a service that the start-up check has found."""
    made = steps(SERVICES[slug])
    return made or declared(SERVICES[slug]), reached(SERVICES[slug])[0]


@EVERY
@WALKED
@given(data=st.data())
def test_what_was_kept_reads_back_as_it_was(service: Service, data: st.DataObject) -> None:
    walked = data.draw(walks(service))
    for page in walked.pages:
        if isinstance(page, Page) and page.asked:
            form = form_for(page, walked.answers, typed_again(page, walked), Nowhere(), now=walked.now)
            assert form.validate(), form.errors_in_order()
            assert form.read() == {question.id: walked.answers[question.id] for question in page.asked}


def typed_again(page: Page, walked: Walked) -> MultiDict[str, str]:
    """What a browser posts when every input of the page is left as it was shown."""
    shown = form_for(page, walked.answers, None, Nowhere(), now=walked.now)
    return MultiDict([(name, text) for name, texts in shown.typed().items() for text in texts])


@EVERY
@WALKED
@given(data=st.data())
def test_a_changed_answer_strands_nobody(service: Service, data: st.DataObject) -> None:
    walked = data.draw(walks(service))
    asked = [q for page in walked.pages if isinstance(page, Page) for q in page.asked]
    changed = data.draw(st.sampled_from(asked))
    other = data.draw(answer_to(changed, walked.today.day, ()))
    way = journey.walk(service, {**walked.all, changed.id: other})
    slugs = [page.slug for page in way.pages]
    assert way.ends_at in [*slugs, journey.CHECK_ANSWERS]
    again = data.draw(walks(service))
    # Whatever else was answered before, going on from there comes to an end.
    ended = journey.walk(service, {**walked.all, **again.all})
    assert ended.pages == again.pages
    assert ended.through == again.through


@EVERY
@WALKED
@given(data=st.data())
def test_a_draft_kept_over_a_restart_goes_on_without_its_optional_answers(
    service: Service, data: st.DataObject
) -> None:
    """As the database keeps it, twice; each optional answer may be gone, or never have been given."""
    walked = data.draw(walks(service))
    kept: dict[str, Any] = walked.answers
    for _ in range(2):
        kept = json.loads(json.dumps(kept))
        optional = [
            question.id for question in service.questions() if question.optional and question.id in kept
        ]
        gone = data.draw(st.sets(st.sampled_from(optional))) if optional else set()
        kept = {name: value for name, value in kept.items() if name not in gone}
        way = journey.walk(service, {**kept, journey.TODAY: walked.today})
        assert way.kept.items() <= walked.answers.items()
        last = way.pages[-1]
        assert way.through or isinstance(last, Stop) or gone_from(last, kept)


def gone_from(page: Page | Stop, kept: dict[str, Any]) -> bool:
    """Whether an answer of the page is not there, or it asks nothing and waits to be read."""
    return isinstance(page, Page) and (not page.asked or any(each.id not in kept for each in page.asked))


VALIDATORS = {
    slug: Draft202012Validator(json_schema(service), format_checker=FormatChecker())
    for slug, service in SERVICES.items()
}


@EVERY
@WALKED
@given(data=st.data())
def test_the_json_schema_takes_every_finished_journey(service: Service, data: st.DataObject) -> None:
    walked = data.draw(walks(service, stopping=False).filter(lambda each: each.through))
    validator = VALIDATORS[service.slug]
    validator.validate(walked.answers)
    required = validator.schema["required"]
    without = data.draw(st.sampled_from(required)) if required else ""
    assert without == "" or not validator.is_valid({k: v for k, v in walked.answers.items() if k != without})
    assert not validator.is_valid(walked.answers | {"no_such_question": "x"})
    chosen = [q.id for q in service.questions() if q.answers_as in ("choice", "choices")]
    for name in set(chosen) & walked.answers.keys():
        assert not validator.is_valid(walked.answers | {name: "no such choice"})


@EVERY
def test_what_programs_are_told_is_well_formed(service: Service) -> None:
    Draft202012Validator.check_schema(json_schema(service))
    definition = open311_definition(service)
    attributes = definition["attributes"]
    assert definition["service_code"] == service.deliver[0].service_code
    assert len({each["code"] for each in attributes}) == len(attributes)
    assert [each["order"] for each in attributes] == list(range(1, len(attributes) + 1))
    for each in attributes:
        assert each["datatype"] in GEO_REPORT
        assert each["variable"] is True
        assert each["required"] in (True, False)
        assert each["description"]
        assert each["datatype"].endswith("list") == ("values" in each)
        if "values" in each:
            assert all(value["key"] and value["name"] for value in each["values"])
            assert len({value["key"] for value in each["values"]}) == len(each["values"])


@EVERY
@settings(max_examples=10)
@given(data=st.data())
def test_what_is_completed_has_no_answer_off_the_path(service: Service, data: st.DataObject) -> None:
    walked = data.draw(walks(service))
    council = data.draw(st.sampled_from(sorted(COUNCILS.values(), key=lambda each: each.slug)))
    offered = for_council(council).get(service.slug, service)
    answers = in_a_council(walked.answers, council.slug)
    way = journey.walk(offered, {**answers, journey.TODAY: walked.today})
    stale = {name: value for name, value in data.draw(answers_to(offered)).items() if name not in way.kept}
    last = way.pages[-1]
    if not way.through:
        with pytest.raises(Unfinished):
            complete(offered, council, COUNCILS, answers, walked.now, HOLIDAYS)
        return
    assert isinstance(last, Page)
    told = complete(offered, council, COUNCILS, {**stale, **answers}, walked.now, HOLIDAYS)
    assert {each.id for each in told.answers} - {"to_pay"} == {
        name for name, value in way.kept.items() if value is not None
    }
    assert told.deliver
    assert all(to.council in COUNCILS for to in told.deliver)


def in_a_council(answers: dict[str, Any], council: str) -> dict[str, Any]:
    """The answers with every place and address that lies in some council's area in that of one there is."""
    return {
        name: value | {"council": council}
        if isinstance(value, dict) and value.get("council") and value["council"] not in COUNCILS
        else value
        for name, value in answers.items()
    }
