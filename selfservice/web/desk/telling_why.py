"""Why an agent helps somebody, and how that person agreed: asked with every beginning, from lists."""

from dataclasses import dataclass

from flask import request

from selfservice.domain.acting import CONSENT_SCRIPT, CONSENT_WORDS, REASON_WORDS, Consent, Reason
from selfservice.domain.contact import Contact
from selfservice.domain.people import Channel
from selfservice.web.languages import _

# How whoever comes by a channel is likely to have agreed; the others follow.
LIKELY = {
    Channel.PHONE: Consent.SPOKEN,
    Channel.FACE_TO_FACE: Consent.IN_PERSON,
    Channel.EMAIL: Consent.IN_WRITING,
    Channel.LETTER: Consent.IN_WRITING,
    Channel.SOCIAL: Consent.IN_WRITING,
    Channel.CHAT: Consent.IN_WRITING,
}


@dataclass(frozen=True, slots=True)
class Why:
    """The reason and how they agreed, as far as they were chosen; `errors` are pairs of html id and message."""

    reason: Reason | None
    consent: Consent | None
    consents: tuple[tuple[str, str], ...]
    reasons: tuple[tuple[str, str], ...]
    script: str
    errors: tuple[tuple[str, str], ...] = ()


def asked_with(contact: Contact) -> Why:
    """What is asked, with the reason that a contact about a service has by itself."""
    return _why(contact, Reason.NEW_REQUEST if contact.service else None, None)


def read(contact: Contact) -> Why:
    """What was chosen, and what is still missing."""
    reason, consent = request.form.get("reason", ""), request.form.get("consent", "")
    return _why(
        contact,
        Reason(reason) if reason in list(Reason) else None,
        Consent(consent) if consent in list(Consent) else None,
        judged=True,
    )


def _why(contact: Contact, reason: Reason | None, consent: Consent | None, *, judged: bool = False) -> Why:
    wrong = []
    if judged and reason is None:
        wrong.append(("reason", _("Select why you help them")))
    if judged and consent is None:
        wrong.append(("consent", _("Select how they agreed")))
    consents = dict.fromkeys((LIKELY[contact.channel], Consent.REPRESENTATIVE, Consent.IN_WRITING))
    return Why(
        reason,
        consent,
        consents=tuple((each, _(CONSENT_WORDS[each])) for each in consents),
        reasons=tuple((each, _(words)) for each, words in REASON_WORDS.items()),
        script=_(CONSENT_SCRIPT),
        errors=tuple(wrong),
    )
