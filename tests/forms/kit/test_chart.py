"""Each service's flow chart: whole, the same each time, and such that Mermaid can read it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest

from forms.catalogue import SERVICES, for_council
from forms.kit import Choice, Is, Page, Radios, Service, Stop, YesNo, ask
from forms.kit import ways as ways_module
from forms.kit.chart import chart, declared
from forms.kit.ways import END, START, reached, steps
from selfservice import cli
from selfservice.configuration import load_councils
from selfservice.settings import ROOT

EVERY = pytest.mark.parametrize("slug", sorted(SERVICES))
COUNCILS = load_councils(ROOT / "config", {})
# Services with boxes to tick, each of which decides about a page of its own: 2 to the number of boxes ways.
TOO_MANY_WAYS = {"benefit-change"}

# The part of Mermaid's grammar that a chart may use. Within quotation marks nothing of Mermaid's own may stand bare.
QUOTED = r'"(?:[^"#&;<>`|\\*_~%\[\](){}]|#[0-9]+;|<br/>)+"'
ID = r"(?P<id>[a-z][a-z0-9_]*)"
BOX = re.compile(rf"{ID}(?:\[{QUOTED}\]|\[\[{QUOTED}\]\]|\(\[{QUOTED}\]\)|\[/{QUOTED}/\])")
ARROW = re.compile(
    rf"(?P<one>[a-z][a-z0-9_]*) (?:-->|-\.->)(?:\|(?P<words>{QUOTED})\|)? (?P<other>[a-z][a-z0-9_]*)"
)
OTHER = re.compile(
    r"accTitle: [^#;{}%]+|accDescr: [^#;{}%]+|%% .+|classDef [a-z_]+ [-a-z0-9#:,]+|class [a-z0-9_,]+ [a-z_]+"
)
MERMAIDS_OWN = {"end", "graph", "subgraph", "flowchart", "click", "style", "class", "default", "call", "href"}


@dataclass
class Drawn:
    """What a chart draws: its boxes with their words, and its arrows with theirs."""

    boxes: dict[str, str] = field(default_factory=dict)
    arrows: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def pairs(self) -> set[tuple[str, str]]:
        """The arrows without their words."""
        return {(one, other) for one, other, _ in self.arrows}


def read(text: str) -> Drawn:
    """The chart as Mermaid reads it; fails on a line that is not of its grammar."""
    first, *lines = text.splitlines()
    assert first == "flowchart TD"
    drawn = Drawn()
    for line in map(str.strip, lines):
        if box := BOX.fullmatch(line):
            assert box["id"] not in drawn.boxes, f"{box['id']} stands twice"
            assert box["id"] not in MERMAIDS_OWN
            drawn.boxes[box["id"]] = unescaped(line)
        elif arrow := ARROW.fullmatch(line):
            drawn.arrows.append((arrow["one"], arrow["other"], unescaped(arrow["words"] or "")))
        else:
            assert OTHER.fullmatch(line), f"no line of Mermaid: {line}"
    return drawn


def unescaped(words: str) -> str:
    """Words as Mermaid shows them."""
    plain = words.replace("<br/>", " ")
    return re.sub("#([0-9]+);", lambda found: chr(int(found[1])), plain)


def box_of(slug: str) -> str:
    return {START: "start", END: "check"}.get(slug, "page_" + slug.replace("-", "_"))


@EVERY
def test_the_chart_draws_every_page_and_end_and_no_arrow_into_nothing(slug: str) -> None:
    service, drawn = SERVICES[slug], read(chart(SERVICES[slug]))
    for page in service.pages:
        assert page.heading in drawn.boxes[box_of(page.slug)]
    assert service.button in drawn.boxes["check"]
    for number, to in enumerate(service.deliver, 1):
        assert f"{to.department}: {to.service_code}" in drawn.boxes[f"to{number}"]
        assert ("check", f"to{number}") in drawn.pairs
    assert {box for pair in drawn.pairs for box in pair} == drawn.boxes.keys()


@EVERY
def test_every_way_in_the_chart_goes_from_the_start_to_a_stop_or_to_the_end(slug: str) -> None:
    service, drawn = SERVICES[slug], read(chart(SERVICES[slug]))
    stops = {box_of(page.slug) for page in service.pages if isinstance(page, Stop)}
    pages = {box_of(page.slug) for page in service.pages}
    assert found_from(drawn, "start") >= pages | {"check"}
    assert {one for one, _ in drawn.pairs} & stops == set()
    assert pages - stops <= {one for one, _ in drawn.pairs}


def found_from(drawn: Drawn, start: str) -> set[str]:
    """The boxes that arrows lead to from this one."""
    found, left = {start}, [start]
    while left:
        here = left.pop()
        new = {other for one, other in drawn.pairs if one == here} - found
        found |= new
        left += new
    return found


@EVERY
def test_the_chart_is_the_same_each_time_and_says_what_was_proven(slug: str) -> None:
    service = SERVICES[slug]
    assert chart(service) == chart(service)
    proven = "each reached by some answers, and every way ends at check answers or at a stop"
    assert (proven in chart(service)) != (slug in TOO_MANY_WAYS)
    assert ("too many ways to try each" in chart(service)) == (slug in TOO_MANY_WAYS)


@EVERY
def test_where_ways_part_each_arrow_says_when(slug: str) -> None:
    drawn = read(chart(SERVICES[slug]))
    for one, _, words in drawn.arrows:
        if one.startswith("page_"):
            assert bool(words) == (len([1 for each in drawn.arrows if each[0] == one]) > 1)


@EVERY
def test_the_steps_are_those_of_the_start_up_check(slug: str) -> None:
    service = SERVICES[slug]
    made = steps(service) or declared(service)
    slugs, ends = reached(service)
    assert {to for _, to in made} == slugs | ({END} if ends else set())


@pytest.mark.parametrize("council", sorted(COUNCILS))
def test_a_councils_own_words_are_in_its_charts(council: str) -> None:
    for service in for_council(COUNCILS[council]).values():
        drawn = read(chart(service))
        assert service.title in drawn.boxes["start"]
        if service.duty is not None:
            told = "points there" if service.signposted else "passes it on"
            assert [told in words for one, other, words in drawn.arrows if other == "duty"] == [True]


def test_what_mermaid_takes_for_its_own_is_shown_as_it_is() -> None:
    title = 'A "quoted" #1; `x` <b>|y| end; {z} (a) [c] --> %% \\ *_~ & é 你好 subgraph'
    drawn = read(chart(replace(SERVICES["fly-tipping"], title=title)))
    assert title in drawn.boxes["start"]


COLOURS = (Choice("red", "Red"), Choice("blue", "Blue"), Choice("green", "Green"))
COLOUR = ask(Radios("colour", "Which colour?", choices=COLOURS, missing="Select a colour"))
SURE = YesNo("sure", "Are you sure?", missing="Select yes if you are sure")


def made_of(*pages: Page | Stop) -> Service:
    return replace(SERVICES["fly-tipping"], pages=pages, urgent_when=None)


def arrows(service: Service) -> Iterator[str]:
    for one, other, words in read(chart(service)).arrows:
        if other.startswith("page_") or other == "check":
            yield f"{one} > {other}: {words}" if words else f"{one} > {other}"


def test_only_steps_that_answers_can_make_are_drawn() -> None:
    """The second page asked when it is red is never skipped when the first was not."""
    red = Is("colour", "red")
    shade = ask(replace(SURE, id="shade"), when=red)
    service = made_of(COLOUR, shade, ask(SURE, when=red), Stop("no", "No", ~red, guidance=("No.",)))
    assert list(arrows(service)) == [
        "start > page_colour",
        'page_colour > page_shade: "“Which colour?” is “Red”"',
        'page_colour > page_no: "not (“Which colour?” is “Red”)"',
        "page_shade > page_sure",
        "page_sure > check",
    ]


def test_a_page_that_no_answers_lead_to_is_told() -> None:
    service = made_of(COLOUR, ask(SURE, when=Is("colour", "red") & Is("colour", "blue")))
    assert "no answers lead to sure" in chart(service)
    ended = made_of(COLOUR, Stop("no", "No", ~Is("colour", "red") | Is("colour", "red"), guidance=("No.",)))
    assert "no answers lead to the end" in chart(ended)


def test_where_there_are_too_many_ways_the_order_of_pages_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ways_module, "MOST", 1)
    service = made_of(COLOUR, ask(SURE, when=Is("colour", "red")))
    assert "too many ways to try each" in chart(service)
    assert list(arrows(service)) == [
        "start > page_colour",
        'page_colour > page_sure: "“Which colour?” is “Red”"',
        'page_colour > check: "otherwise"',
        "page_sure > check",
    ]


def test_the_command_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["outline", "fly-tipping", "--chart"]) == 0
    assert capsys.readouterr().out == chart(SERVICES["fly-tipping"]) + "\n"
    assert cli.main(["outline", "missed-bin", "--chart", "--council", "boston"]) == 0
    assert "Tell us that we missed your bin" in capsys.readouterr().out


@pytest.mark.parametrize(
    "line",
    [
        '  page_x["a "b" c"]',
        "  page_x[a]",
        '  page_x["<b>"]',
        "  page_x --> ",
        '  end["x"] ->> y',
        '  a["x#;"]',
    ],
)
def test_a_line_that_mermaid_cannot_read_fails(line: str) -> None:
    with pytest.raises(AssertionError):
        read(f"flowchart TD\n{line}")


def test_one_stop_is_told_as_one() -> None:
    assert "24 pages and 1 stop," in chart(SERVICES["moving-home"])
