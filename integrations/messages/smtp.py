"""Sends e-mail by SMTP, and says of each failure whether the server may have taken the message."""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import formatdate
from urllib.parse import unquote, urlsplit

from integrations.contract import Rejected, Unavailable, Unconfirmed
from integrations.http import one_line

DUPLICATE_WORDS = "You may have had this message already. If you have, there is nothing more to do.\n\n"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a message: its name, its media type ("application/pdf") and its bytes."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Mail:
    """One message. `message_id` stays the same however often it is sent: "<id@host>"; `body` is plain text.

    `possible_duplicate` marks the one repetition that is sent when we cannot tell whether the first arrived.
    """

    message_id: str
    from_: str
    to: str = field(repr=False)
    subject: str = field(repr=False)
    body: str = field(repr=False)
    possible_duplicate: bool = False
    attachments: tuple[Attachment, ...] = ()


class Mailer:
    """Sends mail by one server: smtp://, smtps:// (TLS at once) or smtp+starttls://, with user:password@."""

    def __init__(self, smtp_url: str, *, seconds: float = 20.0) -> None:
        parts = urlsplit(smtp_url)
        if parts.scheme not in ("smtp", "smtps", "smtp+starttls") or not parts.hostname:
            raise ValueError("SMTP_URL must look like smtp://, smtps:// or smtp+starttls://host:port")
        self._scheme, self._host = parts.scheme, parts.hostname
        self._port = parts.port or {"smtp": 25, "smtps": 465, "smtp+starttls": 587}[parts.scheme]
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._seconds = seconds

    def send(self, mail: Mail) -> None:
        """Send it to the server's keeping.

        Raises `Rejected` (a refused address or message), `Unavailable` (not reached, or "try later")
        or `Unconfirmed` (the line broke while the message went over or before the server's word on it).
        """
        written = _message(mail)
        server = self._connected()
        try:
            utf8 = not (mail.to.isascii() and mail.from_.isascii())
            if utf8 and not server.has_extn("smtputf8"):
                raise Rejected("The mail server takes no addresses with letters beyond ASCII.")
            self._address(server, mail, utf8)
            _hand_over(server, written.as_bytes(policy=SMTPUTF8 if utf8 else SMTP))
        finally:
            server.close()

    def _connected(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        try:
            if self._scheme == "smtps":
                server: smtplib.SMTP = smtplib.SMTP_SSL(
                    self._host, self._port, timeout=self._seconds, context=context
                )
            else:
                server = smtplib.SMTP(self._host, self._port, timeout=self._seconds)
        except (OSError, smtplib.SMTPException) as failed:
            raise Unavailable(f"The mail server cannot be reached ({type(failed).__name__}).") from None
        try:
            if self._scheme == "smtp+starttls":
                server.starttls(context=context)
            if self._user:
                server.login(self._user, self._password)
            server.ehlo_or_helo_if_needed()
        except (OSError, smtplib.SMTPException) as failed:
            server.close()
            raise Unavailable(f"The mail server does not let us in ({type(failed).__name__}).") from None
        return server

    def _address(self, server: smtplib.SMTP, mail: Mail, utf8: bool) -> None:
        options = ["SMTPUTF8", "BODY=8BITMIME"] if utf8 else []
        try:
            _accepted("the sender", *server.mail(mail.from_, options))
            _accepted("the address", *server.rcpt(mail.to))
        except (OSError, smtplib.SMTPException) as failed:
            raise Unavailable(f"The mail server went away ({type(failed).__name__}).") from None


def _message(mail: Mail) -> EmailMessage:
    message = EmailMessage()
    try:
        message["From"], message["To"], message["Subject"] = mail.from_, mail.to, mail.subject
        message["Message-ID"] = mail.message_id
    except ValueError:
        raise Rejected("The message has an address or a subject that no header can hold.") from None
    message["Date"] = formatdate()
    message["Auto-Submitted"] = "auto-generated"
    if mail.possible_duplicate:
        message["X-Possible-Duplicate"] = "yes"
    message.set_content(
        (DUPLICATE_WORDS if mail.possible_duplicate else "") + mail.body, cte="quoted-printable"
    )
    for each in mail.attachments:
        main, _, sub = each.media_type.partition("/")
        message.add_attachment(each.content, maintype=main, subtype=sub, filename=each.name)
    return message


def _accepted(what: str, code: int, words: bytes) -> None:
    if 200 <= code < 300:
        return
    told = f"The mail server answered {code} to {what}: {one_line(words.decode('utf-8', 'replace'))}"
    raise Rejected(told) if 500 <= code < 600 else Unavailable(told)


def _hand_over(server: smtplib.SMTP, message: bytes) -> None:
    """DATA and the message. Once it is on its way, only the server's own word tells that it was not taken."""
    try:
        code, words = server.data(message)
    except smtplib.SMTPDataError as refused:
        code, words = refused.smtp_code, _bytes(refused.smtp_error)
    except (OSError, smtplib.SMTPException) as failed:
        raise Unconfirmed(f"The line to the mail server broke ({type(failed).__name__}).") from None
    _accepted("the message", code, words)
    with suppress(OSError, smtplib.SMTPException):
        server.quit()


def _bytes(told: bytes | str) -> bytes:
    return told if isinstance(told, bytes) else told.encode()
