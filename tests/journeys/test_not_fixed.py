"""After sending, end to end: a question and its answer, photos, and a closing that was no closing."""

import io
import re
import time

import pytest
import requests

from tests.factories.pictures import picture
from tests.factories.reports import fly_tipping
from tests.journeys.conftest import Running, wait_for

ACTION = re.compile(r'<form method="post" action="([^"]+/messages)"')
KEY = re.compile(r'name="key" value="([^"]+)"')


def page(running: Running, link: str) -> str:
    """The progress page as it is now."""
    running.visitor.open(link)
    return running.visitor.text


def write(running: Running, words: str, **more: object) -> None:
    """Fill in the form of the progress page and send it."""
    text = running.visitor.text
    action, key = ACTION.search(text), KEY.search(text)
    assert action, running.visitor.title
    assert key, running.visitor.title
    fields = {"key": key[1], "message": words, **more}
    assert running.visitor.press(fields, at=action[1]).status_code == 200, running.visitor.title


def case_page(running: Running, case: str) -> str:
    """What an officer sees of the case."""
    return requests.get(f"{running.back_office}/boston/cases/{case}", timeout=5).text


@pytest.mark.parametrize("running", ["rung by Redis"], indirect=True)
def test_what_the_customer_says_after_sending_is_heard_once_and_answered(running: Running) -> None:
    visitor = running.visitor
    visitor.begin("boston", "fly-tipping")
    visitor.fill_in(fly_tipping(where="PE21 6QR", name="Ada Marsh", email="ada@example.org", witnessed=False))
    visitor.send()
    link = visitor.progress_link
    page(running, link)
    photo = io.BytesIO(picture(kind="JPEG", width=640, height=480, author="Ada Marsh")), "IMG_2.jpg"
    write(running, "There is a fridge too, behind the gate", files=photo)
    [case] = wait_for(lambda: running.cases("boston"), 30)
    number = case["service_request_id"]
    seen = wait_for(
        lambda: "behind the gate" in case_page(running, number) and case_page(running, number), 10
    )
    assert len(re.findall(r"/photos/[^\s\"']+", seen)) >= 1
    wait_for(lambda: "The team has it" in page(running, link), 10)

    running.move_on("boston", number, "in_progress", "Which gate do you mean?")
    wait_for(lambda: "Which gate do you mean?" in page(running, link), 10)
    write(running, "The green one, on the left")
    running.move_on("boston", number, "fixed", "Cleared this morning")
    wait_for(lambda: "This is not fixed" in page(running, link), 10)
    write(running, "The fridge is still there", about="dispute")
    assert visitor.title.startswith("Reopened")
    wait_for(lambda: "Open again" in case_page(running, number), 10)
    time.sleep(1.1)  # a back office tells when in whole seconds: within one, nobody can say what came first

    running.move_on("boston", number, "fixed", "The fridge is gone now")
    wait_for(lambda: "The fridge is gone now" in page(running, link), 10)
    time.sleep(2.5)  # by now the sweeper has read all news twice, with what was ours among it
    text = page(running, link)
    said = text[text.index('id="messages"') :]
    order = [
        "behind the gate", "Which gate do you mean?", "The green one", "Cleared this morning",
        "The fridge is still there", "The fridge is gone now",
    ]  # fmt: skip
    places = [said.index(words) for words in order]
    assert places == sorted(places)
    assert [said.count(words) for words in order] == [1] * len(order)
    assert visitor.title.startswith("Resolved")
    added = requests.get(f"{running.back_office}/boston/added.json", timeout=5).json()
    assert list(added.values()) == [1, 1, 1]
