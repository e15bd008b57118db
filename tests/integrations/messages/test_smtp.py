"""E-mail: what arrives, and what each failure of a mail server is named."""

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from integrations.contract import Rejected, Unavailable, Unconfirmed
from integrations.messages.smtp import DUPLICATE_WORDS, Attachment, Mail, Mailer
from integrations.simulator.cases import Memory
from integrations.simulator.mailbox import Mailbox
from tests.factories.letterbox import Letterbox

MAIL = Mail(
    "<1@example.org>", "boston@example.org", "ann@example.org", "Your report – BOS-1", "Zoë,\n.\nA dot & 😀\n"
)


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    kept = Memory(tmp_path)
    yield kept
    kept.close()


@pytest.fixture
def mailbox(memory: Memory) -> Iterator[str]:
    server = Mailbox(memory, "127.0.0.1", 0)
    server.start()
    yield f"smtp://127.0.0.1:{server.port}"
    server.stop()


Talking = Callable[[dict[bytes, bytes | None]], str]


@pytest.fixture
def talking() -> Iterator[Talking]:
    """A mail server that answers each command as told, "250 ok" otherwise; None hangs up."""
    listening: list[socket.socket] = []

    def serve(server: socket.socket, answers: dict[bytes, bytes | None]) -> None:
        caller, _ = server.accept()
        with caller, caller.makefile("rb") as lines:
            caller.sendall(b"220 hello\r\n")
            for line in lines:
                command = line[:4].upper().rstrip()
                answer = answers.get(command, b"354 go on" if command == b"DATA" else b"250 ok")
                if answer is None:
                    return
                caller.sendall(answer + b"\r\n")
                if command == b"DATA" and answer.startswith(b"354"):
                    while lines.readline() not in (b".\r\n", b""):
                        pass
                    said = answers.get(b"END", b"250 kept")
                    if said is None:
                        return
                    caller.sendall(said + b"\r\n")

    def start(answers: dict[bytes, bytes | None]) -> str:
        server = socket.create_server(("127.0.0.1", 0))
        listening.append(server)
        threading.Thread(target=serve, args=(server, answers), daemon=True).start()
        return f"smtp://127.0.0.1:{server.getsockname()[1]}"

    yield start
    for server in listening:
        server.close()


def test_a_message_arrives_word_for_word(mailbox: str, memory: Memory) -> None:
    Mailer(mailbox).send(MAIL)
    (kept,) = memory.mails()
    assert (kept.message_id, kept.sender, kept.recipient) == (
        "<1@example.org>",
        "boston@example.org",
        "ann@example.org",
    )
    assert kept.subject == "Your report – BOS-1"
    assert kept.body.replace("\r\n", "\n") == MAIL.body
    assert not kept.duplicate


def test_the_second_sending_says_that_it_may_be_one(mailbox: str, memory: Memory) -> None:
    Mailer(mailbox).send(Mail(*(getattr(MAIL, name) for name in MAIL.__slots__[:5]), possible_duplicate=True))
    (kept,) = memory.mails()
    assert kept.duplicate
    assert kept.message_id == MAIL.message_id
    assert kept.body.startswith(DUPLICATE_WORDS.split("\n")[0])


def test_what_is_attached_arrives_byte_for_byte_beside_the_words() -> None:
    content = bytes(range(256)) * 300
    attached = Attachment("BOS-1.pdf", "application/pdf", content)
    with Letterbox() as box:
        Mailer(box.url).send(replace(MAIL, attachments=(attached,)))
    (message,) = box.messages
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == MAIL.body
    (part,) = message.iter_attachments()
    assert (part.get_filename(), part.get_content_type()) == ("BOS-1.pdf", "application/pdf")
    assert part.get_content() == content


def test_a_mail_tells_nothing_of_what_it_carries_when_it_is_written_down() -> None:
    attached = Attachment("BOS-1.pdf", "application/pdf", b"a mattress")
    assert "mattress" not in repr(replace(MAIL, attachments=(attached,)))


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({b"MAIL": b"451 later"}, Unavailable),
        ({b"MAIL": None}, Unavailable),
        ({b"RCPT": b"450 mailbox busy"}, Unavailable),
        ({b"RCPT": b"550 no such person"}, Rejected),
        ({b"DATA": b"451 later"}, Unavailable),
        ({b"DATA": b"554 no"}, Rejected),
        ({b"DATA": None}, Unconfirmed),
        ({b"END": b"452 full"}, Unavailable),
        ({b"END": b"554 spam"}, Rejected),
        ({b"END": None}, Unconfirmed),
    ],
)
def test_each_failure_has_its_name(
    talking: Talking, answers: dict[bytes, bytes | None], error: type[Exception]
) -> None:
    with pytest.raises(error):
        Mailer(talking(answers), seconds=2).send(MAIL)


def test_once_taken_a_rude_goodbye_changes_nothing(talking: Talking) -> None:
    Mailer(talking({b"QUIT": None}), seconds=2).send(MAIL)


def test_a_server_that_is_away_was_not_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(Unavailable):
        Mailer(f"smtp://127.0.0.1:{port}").send(MAIL)


def test_no_header_can_be_smuggled_in(mailbox: str, memory: Memory) -> None:
    with pytest.raises(Rejected):
        Mailer(mailbox).send(Mail("<1@x>", "a@example.org", "b@example.org\nBcc: c@example.org", "s", "b"))
    assert memory.mails() == []


def test_an_address_with_letters_beyond_ascii_goes_where_it_is_understood(
    mailbox: str, memory: Memory, talking: Talking
) -> None:
    odd = Mail("<1@x>", "a@example.org", "zoë@example.org", "s", "b")
    Mailer(mailbox).send(odd)
    assert memory.mails()[0].recipient == "zoë@example.org"
    with pytest.raises(Rejected):
        Mailer(talking({}), seconds=2).send(odd)


@pytest.mark.parametrize("address", ["", "http://x", "smtp://", "mail.example.org"])
def test_an_address_that_is_none_is_told_at_once(address: str) -> None:
    with pytest.raises(ValueError, match="SMTP_URL"):
        Mailer(address)
