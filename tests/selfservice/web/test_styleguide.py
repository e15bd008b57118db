"""The style guide shows every kind of question in every state, and is there in a demonstration alone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from forms.kit.questions import Question
from forms.kit.samples import SAMPLES, Sample
from forms.kit.several import AddAnother
from selfservice.app import create_app
from selfservice.database import Database
from selfservice.web.styleguide import name_of_kind
from tests.factories.installations import make_installation, make_settings
from tests.journeys.visitor import Visitor
from tests.judge import JudgingClient


@pytest.fixture
def visitor(database: Database, tmp_path: Path) -> Visitor:
    """Somebody at a demonstration."""
    settings = make_settings(home=tmp_path, redis_url="", redis_prefix="none", DEMONSTRATION="1")
    app = create_app(make_installation(settings=settings, database=database))
    app.test_client_class = JudgingClient
    return Visitor(app.test_client())


def missing(question: Question) -> str:
    """What is said of a question that was not answered; of several, of the first thing asked of the first one."""
    if isinstance(question, AddAnother):
        return f"{question.each} 1: {question.questions[0].missing}"
    return question.missing


@pytest.mark.parametrize("sample", SAMPLES, ids=name_of_kind)
def test_every_state_of_every_kind_passes_the_judge(visitor: Visitor, sample: Sample) -> None:
    visitor.open(f"/styleguide/{name_of_kind(sample)}")
    assert visitor.page is not None
    assert visitor.page.status_code == 200
    if sample.question.asks:
        assert missing(sample.question) in visitor.text
        for state in ("Empty", "Filled in", "Not answered", "Optional", "On check answers", "JSON Schema"):
            assert f">{state}</h2>" in visitor.text
    assert (">Refused</h2>" in visitor.text) == bool(sample.wrong)


def test_the_first_page_leads_to_each(visitor: Visitor) -> None:
    visitor.open("/styleguide")
    for sample in SAMPLES:
        assert f'href="/styleguide/{name_of_kind(sample)}"' in visitor.text
    visitor.open("/styleguide/stop")
    assert visitor.title.startswith("Waste on private land")


@pytest.mark.parametrize("address", ["/styleguide", "/styleguide/text", "/styleguide/stop"])
def test_it_is_not_there_on_a_live_installation(someone: Callable[[], Visitor], address: str) -> None:
    answer = someone().open(address)
    assert answer.status_code == 404


def test_what_is_no_kind_is_not_there(visitor: Visitor) -> None:
    assert visitor.open("/styleguide/no-such-kind").status_code == 404
