"""Sends one message: the call of a delivery whose kind is a notification."""

from email.utils import formataddr
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from integrations.messages.smtp import Mail
from selfservice.installation import Installation
from selfservice.operations import delivering
from selfservice.store.notifications import NotificationRow


def mail_for(installation: Installation, session: Session, held: delivering.Claim) -> Mail:
    """The e-mail of this delivery. Its Message-ID is fixed, so that a second copy shows as one."""
    row = session.get(NotificationRow, held.notification_id)
    if row is None:
        raise LookupError(held.notification_id)
    council = installation.councils[held.council]
    host = urlsplit(installation.settings.base_url).hostname or "localhost"
    return Mail(
        message_id=f"<{held.delivery_id}@{host}>",
        from_=formataddr((council.name, council.email_from)),
        to=row.recipient,
        subject=row.subject,
        body=row.body,
        possible_duplicate=delivering.was_unclear(session, held),
    )
