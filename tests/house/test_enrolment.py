"""Adding a thing enrols it: every route, job, setting, service, connector and council, by being listed."""

import ast
import importlib
import inspect
import json
import re
import typing
from pathlib import Path

import pytest
from flask import Flask

from forms import catalogue
from forms.kit.outline import outline
from integrations import registry
from integrations.contract import Connector
from selfservice import doorbell
from selfservice.app import create_app
from selfservice.configuration import load_councils, read_council
from selfservice.domain.council import RESERVED
from selfservice.domain.people import PARTNERSHIP
from selfservice.installation import Installation, open_installation
from selfservice.settings import DOCUMENTED, ROOT, load_settings
from selfservice.web.security import Access, Csrf, Who, access_of
from tests.house.test_rooms import CODE, shown

COUNCILS = load_councils(ROOT / "config", {})
DOCS = ROOT / "docs"
JSON_TYPES = {str, int, bool, list, dict, list[str]}


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """The real configuration, forms and connectors, on an empty home folder."""
    return open_installation(load_settings({"SELFSERVICE_HOME": str(tmp_path_factory.mktemp("home"))}))


@pytest.fixture(scope="module")
def app(installation: Installation) -> Flask:
    """The whole web application."""
    return create_app(installation)


def test_every_route_declares_who_may_use_it(app: Flask) -> None:
    undeclared = [name for name, view in app.view_functions.items() if access_of(view) is None]
    assert undeclared == []


def test_every_route_that_changes_something_is_proof_against_forged_requests(app: Flask) -> None:
    """A POST without our token is refused or asked again, unless the caller signs the body itself."""
    for rule in app.url_map.iter_rules():
        access = access_of(app.view_functions[rule.endpoint])
        assert isinstance(access, Access)
        changes = (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}
        if changes and access.csrf is Csrf.EXEMPT:
            assert access.who is Who.BACK_OFFICE, rule.rule


def test_no_route_carries_an_address_or_a_name(app: Flask) -> None:
    """Personal data never stands in a URL: what varies in one is a slug, an id or a signed token."""
    known = {
        "approval", "connector", "council", "customer", "draft", "file_id", "filename", "page", "provider", "reference",
        "service", "table", "token",
    }  # fmt: skip
    named = {part for rule in app.url_map.iter_rules() for part in rule.arguments}
    assert named <= known


def test_no_council_can_be_called_as_addresses_of_the_product_begin(app: Flask) -> None:
    """A page at /desk/ would hide the council with that slug."""
    first = {rule.rule.split("/")[1] for rule in app.url_map.iter_rules()}
    assert {part for part in first if part and not part.startswith("<")} <= RESERVED
    assert PARTNERSHIP in RESERVED


def test_every_job_is_importable_by_its_name_and_takes_json() -> None:
    """Jobs are the functions that the doorbell names; the queue keeps their arguments as JSON."""
    jobs = [value for name, value in vars(doorbell).items() if name == "JOB" or name.endswith("_JOB")]
    assert jobs
    for name in jobs:
        room, _, function = name.rpartition(".")
        job = getattr(importlib.import_module(room), function)
        hints = typing.get_type_hints(job)
        for argument in inspect.signature(job).parameters:
            assert hints[argument] in JSON_TYPES, f"{name}({argument})"
        assert json.loads(json.dumps(["an id"])) == ["an id"]


def test_every_setting_is_documented_for_whoever_operates_it() -> None:
    told = (DOCS / "operating.md").read_text(encoding="utf-8")
    assert [name for name in DOCUMENTED if f"`{name}`" not in told] == []


def test_nothing_reads_a_setting_that_is_not_documented() -> None:
    """Whatever the doors ask the environment for is listed by `selfservice settings`."""
    asked: dict[str, str] = {}
    ours = [path for path in CODE if "simulator" not in path.parts]  # that one is a program of its own
    for path in [*ours, ROOT / "config" / "gunicorn.conf.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {
                "environment.get",
                "os.environ.get",
                "os.getenv",
            }:
                argument = node.args[0]
                if isinstance(argument, ast.Constant):
                    asked[str(argument.value)] = shown(path)
    assert {name: where for name, where in asked.items() if name not in DOCUMENTED} == {}


@pytest.mark.parametrize("slug", sorted(catalogue.SERVICES))
def test_every_service_is_offered_printed_and_in_order(slug: str) -> None:
    assert any(slug in catalogue.offered_by(council) for council in COUNCILS.values()), "no council offers it"
    assert outline(catalogue.SERVICES[slug])


def test_the_configuration_and_the_forms_have_no_mistake() -> None:
    assert catalogue.mistakes(COUNCILS) == []


@pytest.mark.parametrize("slug", sorted(COUNCILS))
def test_every_council_can_reach_who_does_its_work(slug: str) -> None:
    council = COUNCILS[slug]
    for choice in council.connectors.values():
        assert registry.mistakes(choice) == []
        assert registry.build(choice)
    for service in catalogue.for_council(council).values():
        for to in service.deliver:
            assert to.department in council.routes, (
                f"{service.slug} goes to {to.department}, which nobody serves"
            )


def test_a_council_copied_from_the_example_has_a_connector_for_everything_that_may_come() -> None:
    copied, wrong = read_council(ROOT / "config" / "councils" / "example.toml", {})
    assert copied is not None
    assert wrong == []
    assert catalogue.mistakes({**COUNCILS, copied.slug: copied}) == []
    assert [registry.mistakes(choice) for choice in copied.connectors.values()] == [[]]


@pytest.mark.parametrize("kind", sorted(registry.KINDS))
def test_every_connector_keeps_the_contract_and_is_tested(kind: str) -> None:
    found = registry.KINDS[kind]
    for method in ("open_case", "find_case", "check"):
        theirs = inspect.signature(getattr(found.connector, method)).parameters
        ours = inspect.signature(getattr(Connector, method)).parameters
        assert list(theirs) == list(ours), f"{kind}.{method}"
    tests = ROOT / "tests" / "integrations" / f"test_{kind}.py"
    assert tests.exists(), f"write {shown(tests)}: what it sends, as a snapshot (docs/adding-a-connector.md)"


@pytest.mark.parametrize("path", [*sorted(DOCS.rglob("*.md")), ROOT / "README.md"], ids=shown)
def test_documents_point_at_files_that_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    pointed = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
    gone = [target for target in pointed if not (path.parent / target).exists()]
    assert gone == []
