"""Every service is found by its file, offered by councils in their words, and checked with them."""

from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

import forms.services
from forms import catalogue
from forms.catalogue import SERVICES, for_council, mistakes
from forms.kit.service import Page, Service
from selfservice.domain.council import Council
from tests.forms.councils import BOSTON_COUNCIL, COUNCILS, SOUTH_HOLLAND_COUNCIL


def test_a_service_is_found_by_the_name_of_its_file() -> None:
    assert SERVICES["fly-tipping"].title == "Report fly-tipping"


def test_nothing_is_wrong_with_the_services_there_are() -> None:
    assert mistakes(COUNCILS) == []


def test_a_council_offers_its_services_in_its_own_words() -> None:
    assert list(for_council(BOSTON_COUNCIL)) == ["fly-tipping"]
    assert for_council(BOSTON_COUNCIL)["fly-tipping"].title == "Report fly-tipping"
    assert for_council(SOUTH_HOLLAND_COUNCIL)["fly-tipping"].title == "Tell us about dumped waste"
    assert dict(for_council(replace(BOSTON_COUNCIL, services=()))) == {}


@pytest.mark.parametrize(
    ("council", "mistake"),
    [
        (
            replace(SOUTH_HOLLAND_COUNCIL, services=("fly-tiping",)),
            "config/councils/south_holland.toml: services: there is no service 'fly-tiping'",
        ),
        (
            replace(BOSTON_COUNCIL, overrides={"fly-tiping": {}}),
            "config/councils/boston.toml: overrides.fly-tiping: there is no service of this name",
        ),
        (
            replace(BOSTON_COUNCIL, overrides={"fly-tipping": {"questions": {"land": {"labell": "x"}}}}),
            "config/councils/boston.toml: overrides.fly-tipping.questions.land.labell: is unknown",
        ),
        (
            replace(
                BOSTON_COUNCIL,
                overrides={"fly-tipping": {"pages": {"elsewhere": {"guidance": ["It is in {place.town}."]}}}},
            ),
            "config/councils/boston.toml: overrides.fly-tipping: page elsewhere: {place.town} stands for",
        ),
        (
            replace(SOUTH_HOLLAND_COUNCIL, services=(), routes={}),
            "config/councils/south_holland.toml: routes.street-scene: is missing",
        ),
    ],
)
def test_what_a_council_got_wrong_is_named_by_file_and_key(council: Council, mistake: str) -> None:
    councils = {**COUNCILS, council.slug: council}
    assert any(line.startswith(mistake) for line in mistakes(councils)), mistakes(councils)


def test_what_a_file_got_wrong_is_named_by_file_service_page_and_question(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    empty, misnamed = ModuleType("forms.services.empty"), ModuleType("forms.services.litter")
    misnamed.SERVICE = without_first_label(SERVICES["fly-tipping"])  # type: ignore[attr-defined]
    monkeypatch.setattr(catalogue, "_modules", lambda: [empty, misnamed])
    assert mistakes({}) == [
        "forms/services/empty.py: has no SERVICE",
        "forms/services/litter.py: slug 'fly-tipping': must be that of the file, 'litter'",
        "forms/services/litter.py: service fly-tipping: page where, question place: has no label",
    ]


def without_first_label(service: Service) -> Service:
    """The service with no label on its first question."""
    first = service.pages[0]
    assert isinstance(first, Page)
    blank = Page(first.slug, replace(first.questions[0], label=""))
    return replace(service, pages=(blank, *service.pages[1:]))


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("A = 1\n\nSERVICE = Service()\n", "line 3: NameError: name 'Service' is not defined"),
        ("A = 1\nSERVICE = (\n", "line 2: SyntaxError: '(' was never closed"),
        (
            "from forms.kit.service import To\nTo('a', service='b')\n",
            "line 2: TypeError: To.__init__() got an unexpected keyword argument 'service'",
        ),
        ("import forms.kit.no_such\n", "line 1: ModuleNotFoundError: No module named 'forms.kit.no_such'"),
    ],
)
def test_a_file_that_cannot_be_imported_is_a_mistake_beside_the_others(
    text: str, mistake: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "services"
    folder.mkdir()
    (folder / "broken_thing.py").write_text(text, encoding="utf-8")
    monkeypatch.setattr("forms.services.__path__", [*forms.services.__path__, str(folder)])
    councils = {"boston": replace(BOSTON_COUNCIL, services=("broken-thing", "nothing"))}
    assert mistakes(councils) == [
        f"forms/services/broken_thing.py: {mistake}",
        "config/councils/boston.toml: services: there is no service 'nothing'",
    ]


def test_a_forgotten_comma_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("forms.services.fly_tipping")
    service = SERVICES["fly-tipping"]
    module.SERVICE = replace(service, deliver=service.deliver[0])  # type: ignore[attr-defined,arg-type]
    monkeypatch.setattr(catalogue, "_modules", lambda: [module])
    [line] = mistakes({})
    assert line.endswith(
        "service fly-tipping: deliver: must be a tuple; is the comma missing after its only one?"
    )
