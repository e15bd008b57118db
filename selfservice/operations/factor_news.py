"""What the owner of second factors is called, and the news to them that these have changed: by whomever."""

from datetime import datetime

from sqlalchemy.orm import Session

from selfservice.domain.council import Council
from selfservice.operations import account_letters, factors, notifying, staff_letters
from selfservice.operations.factors import Owner
from selfservice.store import accounts, staff


def called(session: Session, owner: Owner) -> str:
    """What the owner signs in by: an e-mail address or a mobile number."""
    if owner.staff_id:
        member = staff.by_id(session, owner.staff_id)
        return member.email if member else ""
    account = accounts.by_id(session, owner.id)
    return (account.email or account.phone or "") if account else ""


def tell(session: Session, owner: Owner, what: str, council: Council, now: datetime) -> tuple[str, ...]:
    """Write to the owner that this has changed (`factors.WORDS`). Ring for these deliveries after the commit."""
    if owner.staff_id:
        member = staff.by_id(session, owner.staff_id)
        return staff_letters.news(session, member, what, council, now) if member else ()
    account = accounts.by_id(session, owner.id)
    if account is None:
        return ()
    letter = account_letters.second_factor_changed(account, factors.WORDS[what], council, now)
    return tuple(notifying.post(session, [letter], now))
