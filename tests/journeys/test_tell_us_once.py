"""Tell us once, end to end: one move reaches the old council and the new, and is followed as one."""

from collections.abc import Iterator

import requests

from tests.journeys.conftest import Running, wait_for

BOSTON, LOUTH, SLEAFORD = "PE21 6QR", "LN11 9NS", "NG34 7AA"
COUNCIL_TAX_HERE = "Council tax, Boston Borough Council"
COUNCIL_TAX_THERE = "Council tax, East Lindsey District Council"
Fields = dict[str, str | list[str]]


def an_address(question: str, postcode: str) -> Fields:
    """An address typed by hand."""
    return {
        f"{question}-postcode": postcode,
        f"{question}-line1": "1 Example Street",
        f"{question}-town": "Sampleton",
    }


def a_day(question: str, day: str) -> Fields:
    """A day of June 2026."""
    return {f"{question}-day": day, f"{question}-month": "6", f"{question}-year": "2026"}


def a_move(to: str, benefits: str) -> Iterator[tuple[str, Fields]]:
    """Each page of a move from Boston by somebody alone."""
    yield "changed", {"changed": ["moved"]}
    yield "old-address", an_address("old_address", BOSTON)
    yield "new-address", an_address("new_address", to)
    if to == SLEAFORD:
        yield "new-council", {}
    yield "when-you-move", {**a_day("moved_out", "1"), **a_day("moved_in", "2")}
    if to != SLEAFORD:
        yield "new-home", {"new_home": "rent-private"}
    yield "moving", {"moving-count": "1"}
    yield "only-adult", {"only_adult": "yes"}
    yield "benefits", {"benefits": benefits}
    yield "have", {"have": ["none"]}
    if to != SLEAFORD:
        yield "bins", {"bins": "no"}
    yield "account", {"account": "20012345/12"}
    yield "still", {}
    yield "about-you", {"name": "Ada Marsh", "email": "ada@example.org", "phone": ""}
    yield "declaration", {"declaration": "agreed"}


def tell(running: Running, to: str, benefits: str = "no") -> str:
    """Tell us once of a move; the reference."""
    running.visitor.begin("boston", "tell-us-once")
    running.visitor.fill_in(a_move(to, benefits))
    return running.visitor.send()


def codes(running: Running, office: str) -> set[str]:
    """The service codes of the cases that an office has."""
    return {case["service_code"] for case in running.cases(office)}


def progress(running: Running, link: str) -> str:
    """The progress page as it is now."""
    running.visitor.open(link)
    return running.visitor.text


def close(running: Running, office: str, code: str) -> None:
    """Close the only case of this kind that an office has."""
    [case] = [case for case in running.cases(office) if case["service_code"] == code]
    running.move_on(office, case["service_request_id"], "fixed", f"Done by {office}")


def test_a_move_from_boston_to_east_lindsey_is_told_to_both_and_followed_as_one(running: Running) -> None:
    reference = tell(running, LOUTH, benefits="yes")
    link = running.visitor.progress_link
    assert "We have told" in running.visitor.text
    assert "Each of them looks at it by" in running.visitor.text
    for told in (COUNCIL_TAX_HERE, COUNCIL_TAX_THERE, "Benefits, Boston Borough Council"):
        assert told in running.visitor.text
    for council in ("boston", "east-lindsey"):
        wait_for(lambda c=council: codes(running, f"{c}-revenues") == {"CTAXCHANGE", "BENCHANGE"}, 30)
        wait_for(lambda c=council: codes(running, f"{c}-customer-services") == {"VOTECHANGE"}, 30)
        assert all(reference in str(case) for case in running.cases(f"{council}-revenues"))
        assert running.cases(council) == []
        assert "Do you get housing benefit" in str(running.cases(f"{council}-revenues"))
        assert "Do you get housing benefit" not in str(running.cases(f"{council}-customer-services"))
    assert not any(
        running.cases(f"south-holland{office}") for office in ("", "-revenues", "-customer-services")
    )

    wait_for(lambda: progress(running, link).count("The team’s number: ") == 6, 15)
    close(running, "east-lindsey-revenues", "CTAXCHANGE")
    shown = wait_for(lambda: _with(progress(running, link), "Done by east-lindsey-revenues"), 15)
    assert "Received" in running.visitor.title
    assert status_of(shown, COUNCIL_TAX_THERE) == "Resolved"
    assert status_of(shown, COUNCIL_TAX_HERE) == "Received"
    for office, code in (
        ("boston-revenues", "CTAXCHANGE"),
        ("boston-revenues", "BENCHANGE"),
        ("east-lindsey-revenues", "BENCHANGE"),
        ("boston-customer-services", "VOTECHANGE"),
        ("east-lindsey-customer-services", "VOTECHANGE"),
    ):
        close(running, office, code)
    wait_for(lambda: _with(progress(running, link), "Resolved") and "Resolved" in running.visitor.title, 20)

    mails = wait_for(lambda: [mail for mail in running.mails() if COUNCIL_TAX_THERE in mail["body"]], 20)
    assert "eastlindsey" in mails[0]["sender"] or "east-lindsey" in mails[0]["sender"]


def test_a_back_office_that_is_away_delays_only_its_own_part(running: Running) -> None:
    faults = f"{running.back_office}/east-lindsey-revenues/faults"
    assert requests.post(faults, json={"kind": "refuse_503", "seconds": 1}, timeout=5).ok
    tell(running, LOUTH)
    link = running.visitor.progress_link
    wait_for(lambda: codes(running, "boston-revenues") == {"CTAXCHANGE"}, 30)
    wait_for(lambda: codes(running, "east-lindsey-customer-services") == {"VOTECHANGE"}, 30)
    close(running, "boston-revenues", "CTAXCHANGE")
    shown = wait_for(lambda: _with(progress(running, link), "Done by boston-revenues"), 15)
    assert running.cases("east-lindsey-revenues") == []
    # The office may tell of its case before its answer to us is written down: that settles in a moment.
    wait_for(lambda: status_of(progress(running, link), COUNCIL_TAX_HERE) == "Resolved", 15)
    assert status_of(shown, COUNCIL_TAX_THERE) == "Received"
    assert requests.post(f"{faults}/clear", json={}, timeout=5).ok
    wait_for(lambda: codes(running, "east-lindsey-revenues") == {"CTAXCHANGE"}, 90)
    assert len(running.cases("boston-revenues")) == len(running.cases("east-lindsey-revenues")) == 1


def _with(page: str, words: str) -> str:
    return page if words in page else ""


def status_of(page: str, part: str) -> str:
    """What the progress page says of one part."""
    return page.split(f">{part}</dt>")[1].split(">", 1)[1].split("<")[0]
