"""A page as a robot sees it: its heading, its forms' controls with their labels, its errors, its links."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import lxml.html

BUTTONS = frozenset({"submit", "button", "image", "reset"})
SECONDARY = "govuk-button--secondary"


@dataclass
class Control:
    """Something to fill in: one input, one list, or all radios or checkboxes of one name.

    `words` are its label or legend and its hint, `own` those of itself without those of its group; `options` are
    value and words of what can be chosen.
    """

    name: str
    kind: str
    id: str
    words: str
    own: str = ""
    value: str = ""
    autocomplete: str = ""
    numeric: bool = False
    options: list[tuple[str, str]] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)


class Page:
    """One page, parsed."""

    def __init__(self, html: str) -> None:
        self.tree = lxml.html.document_fromstring(html)
        self.main = self.tree.xpath("//main")[0]

    @property
    def heading(self) -> str:
        """Its h1."""
        return words_of(self.tree.xpath("//h1")[0])

    @property
    def form(self) -> Any | None:
        """The form of its main part that is posted, if there is one."""
        forms = self.main.xpath(".//form[translate(@method, 'POST', 'post') = 'post']")
        return forms[0] if forms else None

    @property
    def reference(self) -> str | None:
        """The reference that a confirmation gives."""
        found = self.tree.find_class("reference")
        return words_of(found[0]) if found and self.main.find_class("govuk-panel") else None

    def errors(self) -> dict[str, str]:
        """What the error summary says, by the id of the control that it leads to."""
        links = self.main.xpath(".//*[contains(@class, 'govuk-error-summary__list')]//a")
        return {link.get("href", "")[1:]: words_of(link) for link in links}

    def hidden(self) -> dict[str, str]:
        """What the form carries unseen, traps for robots among it left empty."""
        assert self.form is not None
        found = self.form.xpath(".//input[@type='hidden'][@name]")
        return {each.get("name"): each.get("value", "") for each in found}

    def button(self) -> tuple[str, str] | None:
        """Name and value of the button to go on with: the first that is not secondary."""
        assert self.form is not None
        for each in self.form.xpath(".//button[not(@type) or @type = 'submit']"):
            if SECONDARY not in (each.get("class") or ""):
                return (each.get("name"), each.get("value", "")) if each.get("name") else None
        return None

    def finders(self) -> list[tuple[str, str]]:
        """Name and value of the buttons that look something up: their words begin with Find."""
        assert self.form is not None
        return [
            (each.get("name"), each.get("value", ""))
            for each in self.form.xpath(".//button[@name]")
            if words_of(each).startswith("Find")
        ]

    def adders(self) -> list[tuple[str, str]]:
        """Name and value of the buttons that add another."""
        assert self.form is not None
        return [
            (each.get("name"), each.get("value", ""))
            for each in self.form.xpath(".//button[@name]")
            if words_of(each).startswith("Add another")
        ]

    def controls(self) -> list[Control]:
        """Every control of the form that a person sees, in order."""
        assert self.form is not None
        found: dict[str, Control] = {}
        for each in self.form.xpath(".//input[@name] | .//select[@name] | .//textarea[@name]"):
            kind = each.tag if each.tag != "input" else each.get("type", "text")
            if kind in BUTTONS or kind == "hidden" or self._unseen(each):
                continue
            self._take(each, kind, found)
        return list(found.values())

    def _take(self, each: Any, kind: str, found: dict[str, Control]) -> None:
        name = each.get("name")
        if kind in ("radio", "checkbox"):
            control = found.setdefault(name, Control(name, kind, each.get("id"), self._group(each)))
            control.options.append((each.get("value", "on"), self._label(each)))
            if each.get("checked") is not None:
                control.chosen.append(each.get("value", "on"))
            return
        control = Control(name, kind, each.get("id", ""), f"{self._label(each)} {self._described(each)}")
        beside = each.xpath("../*[contains(@class, 'govuk-input__prefix')]")
        control.words += " ".join(["", self._group(each), *map(words_of, beside)])
        control.own = f"{self._label(each)} {self._described(each)}".lower()
        control.autocomplete = each.get("autocomplete", "")
        control.numeric = each.get("inputmode") in ("numeric", "decimal")
        control.value = (each.text or "") if kind == "textarea" else each.get("value", "")
        if kind == "select":
            options = each.xpath(".//option")
            control.options = [(o.get("value", ""), words_of(o)) for o in options if o.get("value")]
            control.chosen = [
                o.get("value") for o in options if o.get("selected") is not None and o.get("value")
            ]
        found[name] = control

    def _label(self, each: Any) -> str:
        labels = self.tree.xpath("//label[@for=$id]", id=each.get("id", ""))
        return " ".join(words_of(label) for label in labels)

    def _described(self, each: Any) -> str:
        ids = each.get("aria-describedby", "").split()
        hints = [hint for name in ids for hint in self.tree.xpath("//*[@id=$id]", id=name)]
        return " ".join(words_of(hint) for hint in hints)

    def _group(self, each: Any) -> str:
        """Legend and hint of the fieldset around it, if there is one."""
        for fieldset in each.iterancestors("fieldset"):
            return " ".join(words_of(legend) for legend in fieldset.xpath("./legend")) + (
                " " + self._described(fieldset)
            )
        return ""

    @staticmethod
    def _unseen(each: Any) -> bool:
        """Whether a person would not see it: hidden, or folded away in details that are shut."""
        if any(parent.get("open") is None for parent in each.iterancestors("details")):
            return True
        return any(parent.get("aria-hidden") == "true" or parent.get("hidden") is not None
                   for parent in (each, *each.iterancestors()))  # fmt: skip


def words_of(element: Any) -> str:
    """The words in an element, on one line."""
    return " ".join(element.text_content().split())


def example_in(words: str) -> Iterator[str]:
    """What a text gives as an example: "like 7:30pm", "for example, ‘QQ 12 34 56 C’", the first first."""
    for found in re.finditer(r"(?:\blike|\bsuch as|[Ff]or example,?)\s+[‘']?([^‘’',.]+(?:\.\d+)?)", words):
        yield re.split(r"\s+(?:or|and)\s+", found[1])[0].strip()
