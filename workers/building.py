"""Puts together what one call needs. What cannot be put together is our own fault, and a person's to mend."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import structlog

from integrations.contract import TakesUpdates
from integrations.messages.smtp import Attachment
from selfservice.database import DatabaseError
from selfservice.domain.case import CaseRequest, CustomerUpdate
from selfservice.domain.council import ConnectorChoice
from selfservice.domain.messages import Medium
from selfservice.installation import Installation
from selfservice.operations import (
    copying,
    corresponding,
    delivering,
    notifying,
    requesting,
    saving_letters,
)
from selfservice.operations.delivering import Claim
from selfservice.operations.notifying import Letter
from selfservice.seals import Unopenable
from selfservice.texting import SendsTexts
from workers import notify
from workers.children import told

log = structlog.get_logger(__name__)


# The options that say where a back office is; those that a kind does not have are alike.
STANDS_AT = ("base_url", "jurisdiction_id", "folder")


class Unbuilt(Exception):
    """There is nothing to send, or nobody to send it to; its words are for operators."""


def connector(installation: Installation, held: Claim) -> Any:
    """The connector that this delivery goes to. Raises `Unbuilt` when the configuration has lost it."""
    words = f"The configuration of {held.council} has no connector named {held.connector} that can be used."
    with _or_unbuilt(words, held):
        return installation.connector(held.council, held.connector)


def request(installation: Installation, held: Claim) -> CaseRequest:
    """What the connector is asked to open. Raises `Unbuilt` when what was submitted makes none."""
    words = "What was submitted cannot be put into a request."
    with _or_unbuilt(words, held), installation.database.read() as session:
        beside = partial(_same_office, installation, held)
        return requesting.request_for(session, held, installation.links, installation.seals, beside)


def taker(installation: Installation, held: Claim) -> TakesUpdates:
    """The connector that what a customer wrote goes to. Raises `Unbuilt` where its back office takes none."""
    there = connector(installation, held)
    if not isinstance(there, TakesUpdates):
        raise Unbuilt(corresponding.TAKES_NONE)
    return there


def update(installation: Installation, held: Claim) -> tuple[str, CustomerUpdate]:
    """The reference of a case, and what the connector is asked to add to it. Raises `Unbuilt` without a case."""
    words = "There is no case that this could be added to."
    with _or_unbuilt(words, held), installation.database.read() as session:
        return requesting.update_for(session, held, installation.links)


def _same_office(installation: Installation, held: Claim, council: str, connector: str) -> bool:
    """Whether a connector may stand at the back office that this delivery goes to; not known counts as yes."""
    here, there = (
        _choice(installation, held.council, held.connector),
        _choice(installation, council, connector),
    )
    if here is None or there is None or here.kind != there.kind:
        return here is None or there is None
    return all(here.options.get(name) == there.options.get(name) for name in STANDS_AT)


def _choice(installation: Installation, council: str, connector: str) -> ConnectorChoice | None:
    known = installation.councils.get(council)
    return known.connectors.get(connector) if known else None


def message(installation: Installation, held: Claim) -> Callable[[], None]:
    """What sends the message of this delivery when it is called. Raises `Unbuilt` when it cannot be written."""
    if held.medium is Medium.SMS:
        return _text(installation, held)
    return _mail(installation, held)


def texter(installation: Installation) -> SendsTexts:
    """What sends text messages. Raises `Unbuilt` where nobody does any more."""
    if installation.texter is None:
        raise Unbuilt("This installation can send no text messages: NOTIFY_URL is not set.")
    return installation.texter


def _text(installation: Installation, held: Claim) -> Callable[[], None]:
    sends = texter(installation)
    with _or_unbuilt("The text message cannot be written.", held):
        with installation.database.read() as session:
            letter = _letter(installation, session, held)
        return partial(sends.send, notify.text_for(held, letter))


def _mail(installation: Installation, held: Claim) -> Callable[[], None]:
    with _or_unbuilt("The e-mail cannot be written.", held):
        with installation.database.read() as session:
            letter = _letter(installation, session, held)
            duplicate = delivering.was_unclear(session, held)
            copy = None
            if letter.with_copy:
                links = installation.links
                copy = copying.for_email(session, held.submission_id, installation.councils, links)
        # No transaction is open while it is laid out.
        attached = (Attachment(copy.name, copying.PDF, copying.as_pdf(copy)),) if copy else ()
        mail = notify.mail_for(installation, held, letter, duplicate, attached)
        return partial(installation.mailer.send, mail)


def _letter(installation: Installation, session: Any, held: Claim) -> Letter:
    """The message with whatever opens something put in."""
    written = notifying.letter(session, held.notification_id or "")
    return saving_letters.filled_in(session, installation.links, held.notification_id or "", written)


@contextmanager
def _or_unbuilt(words: str, held: Claim) -> Iterator[None]:
    """A database that is away is no fault of what is to be sent; whatever else is raised will be again."""
    try:
        yield
    except DatabaseError:
        raise
    except Exception as error:
        log.error("not_built", delivery=held.delivery_id, **told(error))
        if isinstance(error, Unopenable):
            words = f"Its answers cannot be opened: {error}."
        raise Unbuilt(words) from None
