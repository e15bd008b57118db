"""Our components say what the GOV.UK Design System's own examples say they should.

The npm package carries, for each component, the options of many examples and the HTML they must give. Each is
put to our macro and both are compared as trees, so that neither the order of attributes nor white space
between elements counts.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from selfservice.web.languages import speak

ROOT = Path(__file__).resolve().parents[3]
FIXTURES = ROOT / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "components"
TEMPLATES = ROOT / "selfservice" / "web" / "templates"

# Component -> (file, macro).
MACROS = {
    "back-link": ("small.html", "back_link"),
    "button": ("button.html", "button"),
    "character-count": ("character-count.html", "character_count"),
    "checkboxes": ("choices.html", "checkboxes"),
    "date-input": ("date-input.html", "date_input"),
    "details": ("small.html", "details"),
    "error-message": ("parts.html", "error_message"),
    "error-summary": ("error-summary.html", "error_summary"),
    "fieldset": ("parts.html", "fieldset"),
    "file-upload": ("file-upload.html", "file_upload"),
    "hint": ("parts.html", "hint"),
    "input": ("input.html", "text_input"),
    "inset-text": ("small.html", "inset_text"),
    "label": ("parts.html", "label"),
    "notification-banner": ("small.html", "notification_banner"),
    "panel": ("small.html", "panel"),
    "password-input": ("password-input.html", "password_input"),
    "phase-banner": ("small.html", "phase_banner"),
    "radios": ("choices.html", "radios"),
    "select": ("select.html", "select"),
    "skip-link": ("small.html", "skip_link"),
    "summary-list": ("summary-list.html", "summary_list"),
    "tag": ("small.html", "tag"),
    "textarea": ("textarea.html", "textarea"),
    "warning-text": ("small.html", "warning_text"),
}

# Examples left out, (component, example) -> why: none so far, and a new one needs a reason.
LEFT_OUT: dict[tuple[str, str], str] = {}

environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, extensions=["jinja2.ext.i18n"])
speak(environment)


def trusted(options: Any, key: str = "") -> Any:
    """The options with whatever an example means as HTML marked so, as a block of a template would be."""
    if isinstance(options, dict):
        return {name: trusted(value, name) for name, value in options.items()}
    if isinstance(options, list):
        return [trusted(value) for value in options]
    return Markup(options) if isinstance(options, str) and key.lower().endswith("html") else options


def ours(component: str, options: dict[str, Any]) -> str:
    """What our macro prints for these options."""
    file, macro = MACROS[component]
    options = trusted(options)
    given = {
        "error-message": "given, given.id",
        "hint": "given, given.id",
        "label": "given, given.for",
    }.get(component, "given")
    if component == "fieldset":
        source = "{% call fieldset(given, given.describedBy) %}{{ given.html }}{% endcall %}"
    else:
        source = "{{ " + f"{macro}({given})" + " }}"
    template = environment.from_string(f'{{% from "components/{file}" import {macro} %}}{source}')
    return template.render(given=options)


def tree(html: str) -> Any:
    """The HTML as nested tuples, with white space between words folded, but for what a text area holds."""
    return _node(lxml.html.fragment_fromstring(html, create_parent="div"))


def _node(element: Any) -> Any:
    attributes = {name: _folded(value) for name, value in element.attrib.items()}
    return element.tag, attributes, list(_contents(element))


def _contents(element: Any) -> Iterator[Any]:
    exact = element.tag == "textarea"
    if element.text and (exact or element.text.strip()):
        yield element.text if exact else _folded(element.text)
    for child in element:
        yield _node(child)
        if child.tail and child.tail.strip():
            yield _folded(child.tail)


def _folded(text: str) -> str:
    return " ".join(text.split())


def examples() -> list[Any]:
    """Every example of every component of ours, but for those left out."""
    found = []
    for component in MACROS:
        document = json.loads((FIXTURES / component / "fixtures.json").read_text(encoding="utf-8"))
        found += [
            pytest.param(component, each["options"], each["html"], id=f"{component}: {each['name']}")
            for each in document["fixtures"]
            if (component, each["name"]) not in LEFT_OUT
        ]
    return found


@pytest.mark.parametrize(("component", "options", "html"), examples())
def test_our_component_equals_the_design_systems_example(
    component: str, options: dict[str, Any], html: str
) -> None:
    assert tree(ours(component, options)) == tree(html)


def test_every_example_of_every_component_we_use_is_proven() -> None:
    assert len(examples()) == 477
    assert not LEFT_OUT


def test_what_a_person_typed_is_escaped() -> None:
    html = ours("input", {"name": "a", "label": {"text": "<b>x</b>"}, "value": '"><script>alert(1)</script>'})
    assert "<script>" not in html
    assert "<b>" not in html


@pytest.mark.parametrize("component", ["radios", "checkboxes"])
@pytest.mark.parametrize("fieldset", [True, False])
def test_the_short_way_of_drawing_choices_draws_what_the_long_way_does(
    component: str, fieldset: bool
) -> None:
    items = [
        {"id": "a", "value": "one", "text": "One & <b>all</b>", "checked": True},
        {"id": "a-2", "value": "two", "text": "Two", "checked": False, "hint": {"text": "“Second”"}},
        {"divider": "or"},
        {"id": "a-3", "value": "none", "text": "None", "checked": False, "behaviour": "exclusive"},
    ]
    options: dict[str, Any] = {"name": "a", "idPrefix": "a", "hint": {"text": "Choose"}, "items": items}
    if fieldset:
        options["fieldset"] = {"legend": {"text": "Which?"}}
    short = [item if "divider" in item else {**item, "plain": True} for item in items]
    assert tree(ours(component, {**options, "items": short})) == tree(ours(component, options))
