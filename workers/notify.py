"""Writes one message as it is sent: what a delivery whose kind is a notification hands over."""

from email.utils import formataddr
from urllib.parse import urlsplit

from integrations.messages.smtp import Attachment, Mail
from integrations.messages.texts import Text
from selfservice.installation import Installation
from selfservice.operations.delivering import Claim
from selfservice.operations.notifying import Letter


def mail_for(
    installation: Installation,
    held: Claim,
    letter: Letter,
    possible_duplicate: bool,
    attached: tuple[Attachment, ...] = (),
) -> Mail:
    """The e-mail of this delivery. Its Message-ID is fixed, so that a second copy shows as one."""
    council = installation.councils[held.council]
    host = urlsplit(installation.settings.base_url).hostname or "localhost"
    return Mail(
        message_id=f"<{held.delivery_id}@{host}>",
        from_=formataddr((council.name, council.email_from)),
        to=letter.recipient,
        subject=letter.subject,
        body=letter.body,
        possible_duplicate=possible_duplicate,
        attachments=attached,
    )


def text_for(held: Claim, letter: Letter) -> Text:
    """The text message of this delivery. Its reference is fixed, so that it can be looked up."""
    return Text(held.delivery_id, letter.recipient, letter.body)
