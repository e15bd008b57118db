"""A service as a flow chart in Mermaid's language: its pages, stops and ends, and the steps between them.

The steps drawn are those that the start-up check has tried: some answers make each of them. It can be shown by
whatever shows Mermaid, such as a Markdown page.
"""

import re
from collections.abc import Iterator
from textwrap import wrap

from forms.kit.conditions import Condition
from forms.kit.outline import Called
from forms.kit.service import Page, Service, Stop, To
from forms.kit.ways import END, START, steps

WIDTH = 40  # characters of a line within a box
OTHERWISE = "otherwise"
CLASSES = (
    "classDef stop fill:#f6d7d2,stroke:#942514,color:#0b0c0c",
    "classDef end_ fill:#cce2d8,stroke:#005a30,color:#0b0c0c",
)
Step = tuple[str, str]


def chart(service: Service) -> str:
    """The flow chart, from `flowchart TD` on. The conditions must have been found free of mistakes."""
    tried = steps(service)
    made = declared(service) if tried is None else tried
    lines = ["flowchart TD", f"  accTitle: {_plain(service.title)}", *_proof(service, tried)]
    lines += [f"  {line}" for line in (*_boxes(service), *_arrows(service, made), *_passed_on(service))]
    lines += [f"  {line}" for line in CLASSES]
    stops = [_id(page.slug) for page in service.pages if isinstance(page, Stop)]
    lines += [f"  class {','.join(stops)} stop"] if stops else []
    return "\n".join([*lines, "  class start,check end_"])


def _proof(service: Service, tried: frozenset[Step] | None) -> Iterator[str]:
    """What was proven of it, as a comment and for those who hear it."""
    if tried is None:
        yield "  %% There are too many ways to try each: arrows are the steps that the order of pages allows."
        return
    reached = {to for _, to in tried}
    stops = [page.slug for page in service.pages if isinstance(page, Stop)]
    pages = len(service.pages) - len(stops)
    lost = [page.slug for page in service.pages if page.slug not in reached]
    told = f"{_so_many(pages, 'page')} and {_so_many(len(stops), 'stop')}"
    told += f"; no answers lead to {', '.join(lost)}" if lost else ", each reached by some answers"
    ends = "every way ends at check answers or at a stop" if END in reached else "no answers lead to the end"
    yield f"  accDescr: {_plain(f'{told}, and {ends}')}"


def _so_many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _boxes(service: Service) -> Iterator[str]:
    yield f"start([{_text(service.title)}])"
    for page in service.pages:
        before, after = ("[[", "]]") if isinstance(page, Stop) else ("[", "]")
        yield f"{_id(page.slug)}{before}{_text(page.heading)}{after}"
    yield f"check([{_text(f'Check answers, then “{service.button}”')}])"


def _arrows(service: Service, made: frozenset[Step]) -> Iterator[str]:
    """The steps, in the order of pages; where there are several from one page, with what leads to each."""
    order = [START, *(page.slug for page in service.pages), END]
    whens = {page.slug: page.when for page in service.pages}
    called = Called(service)
    for slug in order[:-1]:
        leads_to = [to for to in order if (slug, to) in made]
        for to in leads_to:
            words = _words(whens.get(to), called) if len(leads_to) > 1 else ""
            yield f"{_id(slug)} -->{f'|{_text(words)}|' if words else ''} {_id(to)}"


def _words(when: Condition | None, called: Called) -> str:
    return OTHERWISE if when is None else when.words(called)


def _passed_on(service: Service) -> Iterator[str]:
    """To whom it goes; and, of what others look after, where the start page points."""
    called = Called(service)
    for number, to in enumerate(service.deliver, 1):
        words = _of_delivery(to, called)
        yield f"to{number}[/{_text(f'{to.department}: {to.service_code}')}/]"
        yield f"check -->{f'|{_text(words)}|' if words else ''} to{number}"
    if service.duty is not None:
        told = (
            "the start page points there" if service.signposted else "it is theirs; the council passes it on"
        )
        yield f"duty[/{_text(service.duty.authority)}/]"
        yield f"start -.->|{_text(told)}| duty"


def _of_delivery(to: To, called: Called) -> str:
    """Whether and where a department hears of it, in words; "" when it always does."""
    when = [] if to.when is None else [to.when.words(called)]
    where = [] if to.at is None else [f"the council in whose area {called.question(to.at)} lies"]
    return "; ".join([*when, *where])


def declared(service: Service) -> frozenset[Step]:
    """The steps that the order of pages allows, whatever their conditions say together; where there are too many
    ways to try."""
    slugs = [START, *(page.slug for page in service.pages), END]
    whens = {page.slug: page.when for page in service.pages}
    found: set[Step] = set()
    for number, slug in enumerate(slugs[:-1]):
        if slug == START or isinstance(service.pages[number - 1], Page):
            for to in slugs[number + 1 :]:
                found.add((slug, to))
                if whens.get(to) is None:
                    break
    return frozenset(found)


def _id(slug: str) -> str:
    """The name of a box, which none of Mermaid's own words can be taken for."""
    return {START: "start", END: "check"}.get(slug, f"page_{slug.replace('-', '_')}")


def _text(words: str) -> str:
    """Words as Mermaid takes them in a box or beside an arrow: in quotation marks, on lines that fit."""
    lines = wrap(" ".join(words.split()), WIDTH, break_long_words=False, break_on_hyphens=False)
    return '"' + "<br/>".join(map(_escaped, lines or [" "])) + '"'


def _escaped(words: str) -> str:
    """What Mermaid or HTML would take for its own, by number."""
    return re.sub(r"[\"#&;<>`|\\*_~%\[\](){}]", lambda found: f"#{ord(found[0])};", words)


def _plain(words: str) -> str:
    """Words as Mermaid takes them to the end of a line: nothing there can be escaped."""
    return " ".join(re.sub(r"[#;{}%]", " ", words).split())
