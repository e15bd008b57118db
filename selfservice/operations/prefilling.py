"""What a customer's account answers of a form, and what of a form is kept in the account: only when they ask.

The source is the customer whom `actor.customer` names, and nobody else: who acts for them never is.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from forms.kit.own import Own
from selfservice.domain.naming import name_key
from selfservice.domain.people import PARTNERSHIP, Actor
from selfservice.domain.permissions import Action, Thing, may
from selfservice.domain.profile import Profile
from selfservice.operations import homes, profiles

# An e-mail address is confirmed before it is kept: it is changed at the pages for that, never from a form.
KEPT_FROM_FORMS = frozenset({Own.NAME, Own.BORN, Own.PHONE, Own.ADDRESS})


def known(session: Session, actor: Actor) -> Mapping[Own, Any]:
    """What the customer's account answers, as the forms keep it; nothing for a visitor or somebody without a name."""
    found = _profile(session, actor)
    if found is None:
        return {}
    home = found.current_home
    answers = {
        Own.NAME: found.name,
        Own.EMAIL: found.email,
        Own.PHONE: found.phone,
        Own.BORN: found.date_of_birth.isoformat() if found.date_of_birth else None,
        Own.ADDRESS: home.answer if home else None,
    }
    return {own: value for own, value in answers.items() if value}


def worth_keeping(session: Session, actor: Actor, given: Mapping[Own, Any]) -> dict[Own, Any]:
    """What was `given` in a form and differs from the account, so that it may be kept there if they ask for it."""
    found = _profile(session, actor)
    if found is None:
        return {}
    return {
        own: value
        for own, value in given.items()
        if value and own in KEPT_FROM_FORMS and _differs(found, own, value)
    }


def keep(session: Session, actor: Actor, given: Mapping[Own, Any], now: datetime) -> None:
    """Keep in the account what was `given` in a form, as far as it is worth keeping; the rest stays as it is.

    Raises as `profiles.change_name` does, and `homes.TooMany`.
    """
    found = _profile(session, actor)
    wanted = worth_keeping(session, actor, given)
    if found is None or not wanted:
        return
    if Own.NAME in wanted or Own.BORN in wanted:
        born = date.fromisoformat(wanted[Own.BORN]) if Own.BORN in wanted else found.date_of_birth
        profiles.change_name(session, actor, wanted.get(Own.NAME, found.name), born, now)
    if Own.PHONE in wanted:
        profiles.change_phones(session, actor, *_phones(found, wanted[Own.PHONE]), now)
    if Own.ADDRESS in wanted:
        homes.add(session, actor, wanted[Own.ADDRESS], now, current=True)


def _profile(session: Session, actor: Actor) -> Profile | None:
    """The profile of a customer who has signed in or is being helped; to anybody else it is not asked for."""
    if not may(actor, Action.SEE_ACCOUNT, Thing(PARTNERSHIP, actor.customer)):
        return None
    return profiles.profile(session, actor)


def _differs(found: Profile, own: Own, value: Any) -> bool:
    if own is Own.NAME:
        return name_key(value) != name_key(found.name)
    if own is Own.PHONE:
        return value not in (found.phone, found.other_phone)
    if own is Own.BORN:
        return found.date_of_birth is None or value != found.date_of_birth.isoformat()
    home = found.current_home
    return home is None or not homes.is_same(home, value)


def _phones(found: Profile, phone: str) -> tuple[str | None, str | None]:
    """The numbers with a new one: in place of the first, or beside it where that is what they sign in by."""
    return (found.phone, phone) if found.phone_is_sign_in else (phone, found.other_phone)
