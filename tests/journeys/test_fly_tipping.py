"""The main job, end to end: a report reaches the back office by itself, and its news reaches the resident."""

import io
import re
import time

from tests.factories.pictures import picture
from tests.factories.reports import fly_tipping
from tests.journeys.conftest import Running, wait_for

BOSTON, SPALDING = "PE21 6QR", "PE11 1QD"


def report(running: Running, where: str) -> str:
    """Report fly-tipping with a photo, change one answer, send it; the reference."""
    visitor = running.visitor
    visitor.begin("boston", "fly-tipping")
    for slug, fields in fly_tipping(where=where, name="Ada Marsh", email="ada@example.org", witnessed=False):
        if slug == "photos":
            photo = picture(kind="JPEG", width=640, height=480, author="Ada Marsh")
            visitor.press({"do": "upload", "photos": (io.BytesIO(photo), "IMG_1.jpg")})
        visitor.fill_in([(slug, fields)])
    visitor.open(visitor.path.replace("check-answers", "size") + "?change=1")
    visitor.press({"size": "transit-van"})
    return visitor.send()


def test_a_report_is_delivered_followed_and_closed(running: Running) -> None:
    # A first one, to know that the worker has started: what is measured is delivering, not starting.
    report(running, SPALDING)
    wait_for(lambda: running.cases("south-holland"), 30)
    reference = report(running, BOSTON)
    sent = time.monotonic()
    visitor, link = running.visitor, running.visitor.progress_link
    [case] = wait_for(lambda: running.cases("boston"), 10)
    waited = time.monotonic() - sent
    assert waited < 3, f"the back office had the case after {waited:.1f} seconds"
    assert reference in str(case)

    wait_for(lambda: case["service_request_id"] in progress(running, link), 10)
    running.move_on("boston", case["service_request_id"], "in_progress", "A crew is on its way")
    wait_for(lambda: "A crew is on its way" in progress(running, link), 10)
    running.move_on("boston", case["service_request_id"], "fixed", "Cleared this morning")
    wait_for(lambda: "Cleared this morning" in progress(running, link), 10)
    assert "Resolved" in visitor.title

    mails = wait_for(lambda: closing_mail(running), 15)
    assert all(mail["recipient"] == "ada@example.org" for mail in mails)
    assert len(running.cases("boston")) == 1


def progress(running: Running, link: str) -> str:
    """The progress page as it is now."""
    running.visitor.open(link)
    return running.visitor.text


def closing_mail(running: Running) -> list[dict[str, str]]:
    """The e-mails, once one tells that the report was cleared."""
    mails = running.mails()
    return mails if any("Cleared this morning" in mail["body"] for mail in mails) else []


def test_a_report_placed_in_spalding_reaches_south_holland(running: Running) -> None:
    reference = report(running, SPALDING)
    [case] = wait_for(lambda: running.cases("south-holland"), 30)
    assert reference in str(case)
    assert running.cases("boston") == []
    photos = re.findall(r"/photos/[^\s,'\"]+", str(case))
    assert photos, "the back office was given no link to the photo"
    served = running.visitor.client.get(photos[0])
    assert served.status_code == 200
    assert served.mimetype == "image/jpeg"
