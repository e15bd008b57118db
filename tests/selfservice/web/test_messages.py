"""Writing to the team by the signed link: once, with photos, what is typed kept, and "this is not fixed"."""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from PIL import Image

from selfservice import clock
from selfservice.domain.case import CaseStatus
from selfservice.domain.files import Scanned, Verdict
from selfservice.domain.submission import DeliverTo
from selfservice.installation import Installation
from selfservice.operations import delivering, enclosing, limiting, requesting, scanning
from selfservice.store.deliveries import DeliveryRow
from selfservice.store.files import FileRow
from selfservice.store.messages import MessageRow
from tests.factories.people import a_member_of_staff, sign_in
from tests.factories.pictures import picture
from tests.factories.submitted import a_submission, completed
from tests.factories.written import T, open_case, tell
from tests.journeys.visitor import Visitor

KEY = re.compile(r'name="key" value="([^"]+)"')
PICTURE = re.compile(r'<img[^>]*src="([^"]+)"')
FILE = re.compile(r'href="([^"]+/files/[^"]+)"')


class Sent:
    """A submission, its link, and what is in the database about it."""

    def __init__(self, installation: Installation, *codes: str) -> None:
        self.installation = installation
        deliver = tuple(
            DeliverTo("street-scene", code, title=title)
            for code, title in zip(codes or ("FLYTIP",), ("Street cleaning", "Parks"))
        )
        with installation.database.write() as session:
            accepted = a_submission(session, installation.links, completed(deliver=deliver), clock.now())
        self.id, self.reference = accepted.submission_id, accepted.reference
        self.parts = accepted.delivery_ids[: len(deliver)]
        self.link = installation.links.progress("boston", self.id).removeprefix("http://localhost")

    def opened(self) -> "Sent":
        for number, part in enumerate(self.parts, start=1):
            open_case(
                self.installation.database, self.installation.links, part, clock.now(), f"C{number}",
                self.installation.councils["boston"],
            )  # fmt: skip
        return self

    def told(self, status: CaseStatus, words: str = "", case: str = "C1") -> "Sent":
        now = clock.now()
        tell(
            self.installation.database, self.installation.links, f"{case} {status}", status, now, now, words,
            case=case, council=self.installation.councils["boston"],
        )  # fmt: skip
        return self

    def messages(self) -> list[MessageRow]:
        return self._rows(sa.select(MessageRow).order_by(MessageRow.id))

    def updates(self) -> list[DeliveryRow]:
        return self._rows(sa.select(DeliveryRow).where(DeliveryRow.kind == "update"))

    def files(self) -> list[FileRow]:
        return self._rows(sa.select(FileRow).order_by(FileRow.id))

    def _rows(self, found: sa.Select) -> list:
        with self.installation.database.read() as session:
            return list(session.scalars(found))


@pytest.fixture
def sent(installation: Installation) -> Sent:
    return Sent(installation)


def write(visitor: Visitor, words: str = "", **more: object) -> int:
    """Fill in the form of the page and press its button; the status of the answer."""
    key = KEY.search(visitor.text)
    assert key, visitor.title
    at = re.search(r'<form method="post" action="([^"]+/messages)"', visitor.text)
    assert at
    return visitor.press({"key": key[1], "message": words, **more}, at=at[1]).status_code


def photo(seed: int = 1, name: str = "IMG_0001.jpg") -> tuple[io.BytesIO, str]:
    return io.BytesIO(picture(kind="JPEG", width=200 + seed, height=150, author="Ada Marsh")), name


def kept(installation: Installation) -> list[Path]:
    return [path for path in (installation.settings.home / "files").rglob("*") if path.is_file()]


def test_what_is_written_is_shown_and_passed_on(visitor: Visitor, sent: Sent) -> None:
    visitor.open(sent.link)
    assert "Nothing has been written yet" in visitor.text
    assert write(visitor, "There is more of it now.\n\nBehind the mill too") == 200
    assert visitor.path == sent.link
    for words in ("We are passing this on", "<strong>You</strong>", "Behind the mill too", "On its way"):
        assert words in visitor.text
    (message,) = sent.messages()
    assert (message.kind, message.words) == ("message", "There is more of it now.\n\nBehind the mill too")
    assert [row.message_id for row in sent.updates()] == [message.id]


def test_what_the_team_says_stands_in_the_same_conversation(visitor: Visitor, sent: Sent) -> None:
    sent.opened().told(CaseStatus.IN_PROGRESS)
    sent.told(CaseStatus.WAITING_FOR_CUSTOMER, "Which side of the road?")
    visitor.open(sent.link)
    write(visitor, "The left, by the gate")
    theirs, ours = (
        visitor.text.index("Which side of the road?", visitor.text.index('id="messages"')),
        (visitor.text.index("The left, by the gate")),
    )
    assert theirs < ours
    said = visitor.text[visitor.text.index('id="messages"') :]
    assert "<strong>The team</strong>" in said
    assert "Work on it is in progress" not in said, "news without a word of theirs is on the timeline alone"


def test_a_second_press_of_the_button_sends_nothing_again(visitor: Visitor, sent: Sent) -> None:
    visitor.open(sent.link)
    form = visitor.hidden() | {"key": KEY.findall(visitor.text)[0], "message": "More"}
    for _ in range(2):
        answer = visitor.client.post(f"{sent.link}/messages", data={**form, "files": photo()})
        assert answer.status_code == 303
    assert len(sent.messages()) == len(sent.updates()) == len(sent.files()) == 1


def test_nothing_and_too_much_are_told_of_and_what_was_typed_is_kept(visitor: Visitor, sent: Sent) -> None:
    visitor.open(sent.link)
    assert write(visitor, "  ") == 422
    assert visitor.title.startswith("Error: Write to the team")
    assert "Write something to the team, or add a photo" in visitor.text
    assert write(visitor, "a" * 2001) == 422
    assert "must be 2,000 characters or fewer" in visitor.text
    assert "a" * 2001 in visitor.text
    assert write(visitor, "Short enough") == 200
    assert visitor.path == sent.link
    assert len(sent.messages()) == 1


def test_a_page_that_was_open_for_too_long_keeps_what_was_typed(visitor: Visitor, sent: Sent) -> None:
    visitor.open(sent.link)
    assert write(visitor, "There is more", csrf_token="old") == 400
    assert "There is more" in visitor.text
    assert write(visitor, "There is more") == 200
    assert len(sent.messages()) == 1


def test_a_link_that_is_not_ours_or_of_another_council_leads_nowhere(visitor: Visitor, sent: Sent) -> None:
    visitor.open(sent.link)
    key = KEY.findall(visitor.text)[0]
    for wrong in (sent.link[:-4], sent.link.replace("/boston/", "/east-lindsey/")):
        answer = visitor.client.post(
            f"{wrong}/messages", data={**visitor.hidden(), "key": key, "message": "x"}
        )
        assert answer.status_code == 404
        for path in ("messages", "files/one", "thumbnails/one.jpg"):
            assert visitor.client.get(f"{wrong}/{path}").status_code == 404
    assert sent.messages() == []


def test_reference_and_postcode_show_nothing_of_it(visitor: Visitor, sent: Sent) -> None:
    sent.opened().told(CaseStatus.RESOLVED, "Cleared")
    visitor.open(sent.link)
    write(visitor, "My daughter’s pushchair cannot pass", about="dispute")
    visitor.open("/progress")
    visitor.press({"reference": sent.reference, "postcode": "PE21 6RY"})
    assert "Reopened" in visitor.text
    for private in ("pushchair", 'id="messages"', "Write to the team", "not fixed"):
        assert private not in visitor.text


# Photos


def test_photos_are_made_anew_shown_and_given_to_the_team_by_link(
    visitor: Visitor, sent: Sent, someone: Callable[[], Visitor]
) -> None:
    visitor.open(sent.link)
    assert write(visitor, "", files=[photo(1), photo(2, "gate.jpg")]) == 200
    (message,) = sent.messages()
    assert (message.kind, message.words, len(message.file_ids)) == ("files", "", 2)
    assert "Files added" in visitor.text
    assert "gate.jpg" in visitor.text
    small, whole = PICTURE.findall(visitor.text), FILE.findall(visitor.text)
    assert len(small) == len(whole) == 2
    served = visitor.client.get(whole[0])
    assert served.headers["Content-Disposition"] == "attachment; filename=photo.jpg"
    with Image.open(io.BytesIO(served.data)) as seen:
        assert not seen.getexif()
    assert visitor.client.get(small[0]).mimetype == "image/jpeg"
    assert someone().client.get(f"/boston/progress/x/files/{message.file_ids[0]}").status_code == 404


def test_a_bad_file_is_told_of_and_the_good_one_waits_until_it_can_be_sent(
    visitor: Visitor, sent: Sent, installation: Installation
) -> None:
    visitor.open(sent.link)
    bad = (io.BytesIO(b"not a picture"), "notes.txt")
    assert write(visitor, "See these", files=[photo(), bad]) == 422
    assert "must be a JPG" in visitor.text
    assert "See these" in visitor.text
    assert "IMG_0001.jpg" in visitor.text
    assert sent.messages() == []
    assert write(visitor, "See these") == 200
    (message,) = sent.messages()
    assert message.file_ids == [row.id for row in sent.files()]
    assert len(kept(installation)) == 2, "the photo, and the small one of it"


def test_a_file_can_be_taken_away_before_it_is_sent(
    visitor: Visitor, sent: Sent, installation: Installation
) -> None:
    visitor.open(sent.link)
    write(visitor, "", files=[photo(), (io.BytesIO(b""), "empty.jpg")])
    remove = re.findall(r'value="(remove:[^"]+)"', visitor.text)
    assert len(remove) == 1
    assert write(visitor, "No photo after all", do=remove[0]) == 200
    assert "IMG_0001.jpg" not in visitor.text
    assert "No photo after all" in visitor.text
    assert sent.files() == []
    assert kept(installation) == []


def test_files_of_a_message_are_none_of_the_form_that_was_sent(
    visitor: Visitor, sent: Sent, installation: Installation
) -> None:
    visitor.open(sent.link)
    write(visitor, "", files=photo())
    (file,) = sent.files()
    (draft,) = {row.draft_id for row in sent.files()}
    page = visitor.client.get(f"/boston/fly-tipping/{draft}/files/{file.id}")
    assert page.status_code == 404


def test_there_is_an_end_to_files_with_one_message(
    visitor: Visitor, sent: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(enclosing, "MOST", 1)
    visitor.open(sent.link)
    assert write(visitor, "", files=[photo(1), photo(2)]) == 422
    assert "You can only add 1 here" in visitor.text
    assert len(sent.files()) == 1


def test_files_that_were_never_sent_are_forgotten_after_a_day(
    visitor: Visitor, sent: Sent, installation: Installation
) -> None:
    visitor.open(sent.link)
    write(visitor, "a" * 2001, files=photo())
    visitor.open(sent.link)
    write(visitor, "Another", files=photo(2))
    for hours, left in ((23, 2), (25, 1)):
        with installation.database.write() as session:
            keys = enclosing.forget_unsent(session, clock.now() + timedelta(hours=hours))
        assert len(sent.files()) == left
    assert len(keys) == 2


def test_a_file_is_held_back_until_it_was_scanned_and_taken_away_when_it_had_a_virus(
    visitor: Visitor, sent: Sent, installation: Installation
) -> None:
    sent.opened()
    visitor.open(sent.link)
    write(visitor, "", files=[photo(1), photo(2)])
    first, second = sent.files()
    with installation.database.write() as session:
        session.execute(sa.update(FileRow).values(scan="waiting", scan_at=clock.now()))
        held = delivering.claim(session, "test", clock.now(), T, sent.updates()[0].id)
        assert held is not None
        case, update = requesting.update_for(session, held, installation.links)
    assert (case, len(update.file_links), update.files_held_back) == ("C1", 2, 2)
    path = update.file_links[0].removeprefix("http://localhost")
    assert visitor.client.get(path).status_code == 409
    with installation.database.write() as session:
        scanning.record(session, first.id, Scanned(Verdict.INFECTED, "Eicar"), clock.now())
        scanning.record(session, second.id, Scanned(Verdict.CLEAN), clock.now())
        _, update = requesting.update_for(session, held, installation.links)
    assert (len(update.file_links), update.files_held_back) == (1, 0)
    visitor.open(sent.link)
    assert "This file had a virus and was removed" in visitor.text
    assert visitor.client.get(f"{sent.link}/files/{first.id}").status_code == 404
    assert visitor.client.get(f"{sent.link}/files/{second.id}").status_code == 200


# "This is not fixed"


def test_it_can_be_said_that_it_is_not_fixed_and_then_it_is_open_again(visitor: Visitor, sent: Sent) -> None:
    visitor.open(sent.link)
    assert "This is not fixed" not in visitor.text
    sent.opened().told(CaseStatus.RESOLVED, "We cleared it")
    visitor.open(sent.link)
    assert "You can do this until" in visitor.text
    assert write(visitor, "x") == 422
    assert "Choose whether this is not fixed" in visitor.text
    assert write(visitor, "", about="dispute") == 422
    assert "Tell the team what is still wrong" in visitor.text
    assert write(visitor, "Half of it is still there", about="dispute") == 200
    for words in ("Reopened", "You told us that this is not fixed", "Half of it is still there"):
        assert words in visitor.text
    assert "We have opened this again" in visitor.text
    (message,) = sent.messages()
    assert message.kind == "dispute"


def test_a_message_about_what_is_closed_leaves_it_closed(visitor: Visitor, sent: Sent) -> None:
    sent.opened().told(CaseStatus.RESOLVED)
    visitor.open(sent.link)
    assert write(visitor, "Thank you", about="message") == 200
    assert "Resolved" in visitor.title


def test_after_fourteen_days_it_is_too_late_and_the_page_says_so(visitor: Visitor, sent: Sent) -> None:
    sent.opened().told(CaseStatus.RESOLVED)
    with time_machine.travel(clock.now() + timedelta(days=16), tick=True):
        visitor.open(sent.link)
        assert "You could say here until" in visitor.text
        assert write(visitor, "Still there", about="dispute") == 422
        assert "It is too late" in visitor.text
        assert "Still there" in visitor.text
    assert sent.messages() == []


def test_what_was_opened_again_meanwhile_cannot_be_disputed(visitor: Visitor, sent: Sent) -> None:
    sent.opened().told(CaseStatus.RESOLVED)
    visitor.open(sent.link)
    sent.told(CaseStatus.REOPENED)
    assert write(visitor, "Still there", about="dispute") == 422
    assert "the team is still dealing with it" in visitor.text


def test_of_several_teams_one_is_chosen(visitor: Visitor, installation: Installation) -> None:
    sent = Sent(installation, "FLYTIP", "PARKS").opened()
    visitor.open(sent.link)
    assert write(visitor, "For the parks alone") == 422
    assert "Choose which team this is for" in visitor.text
    assert write(visitor, "For the parks alone", to=sent.parts[1]) == 200
    assert [row.service_code for row in sent.updates()] == ["PARKS"]
    assert "To: Parks, Boston Borough Council" in visitor.text
    assert write(visitor, "For everybody", to="all") == 200
    assert len(sent.updates()) == 3


# Limits, and staff


def test_there_is_an_end_to_messages_about_one_submission(
    visitor: Visitor, sent: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limiting, "MESSAGES", limiting.Limit("messages", times=2, minutes=60))
    for number in range(2):
        visitor.open(sent.link)
        assert write(visitor, f"Message {number}") == 200
    visitor.open(sent.link)
    assert write(visitor, "One too many") == 429
    assert "One too many" in visitor.text, "what was typed is given back"
    assert len(sent.messages()) == 2


def test_staff_who_help_nobody_see_how_far_it_has_come_and_no_messages(
    visitor: Visitor, sent: Sent, installation: Installation
) -> None:
    visitor.open(sent.link)
    write(visitor, "My daughter’s pushchair cannot pass")
    with installation.database.write() as session:
        member = a_member_of_staff(session, "Priya Example", clock.now(), email="priya@example.org", roles=[])
        sign_in(session, visitor.client, clock.now(), member=member)
    visitor.open(sent.link)
    assert sent.reference in visitor.text
    assert "pushchair" not in visitor.text
    assert visitor.client.get(f"{sent.link}/messages").status_code == 303
