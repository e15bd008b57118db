"""Owners of sign-ins and second factors, accounts and members of staff: held while what hangs on one is changed."""

from sqlalchemy.orm import Session

from selfservice.store import accounts, staff


def hold(session: Session, account_id: str | None, staff_id: str | None) -> None:
    """Let nobody else change what hangs on this owner until the end of the unit of work; one who does is waited for."""
    if account_id:
        accounts.by_id(session, account_id, lock=True)
    elif staff_id:
        staff.by_id(session, staff_id, lock=True)
