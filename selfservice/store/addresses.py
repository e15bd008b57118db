"""The addresses of customers: where they live, and where they lived before."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from selfservice.store.customers import CustomerAddressRow


def of_customer(session: Session, customer_id: str) -> Sequence[CustomerAddressRow]:
    """Every address of a customer, the current one first, then the latest."""
    found = sa.select(CustomerAddressRow).where(CustomerAddressRow.customer_id == customer_id)
    latest = (
        CustomerAddressRow.current.desc(),
        CustomerAddressRow.since.desc(),
        CustomerAddressRow.id.desc(),
    )
    return session.scalars(found.order_by(*latest)).all()


def one_of_customer(session: Session, customer_id: str, address_id: str) -> CustomerAddressRow | None:
    """One address, if it is this customer's."""
    return session.scalar(
        sa.select(CustomerAddressRow).where(
            CustomerAddressRow.customer_id == customer_id, CustomerAddressRow.id == address_id
        )
    )


def leave_current(session: Session, customer_id: str) -> None:
    """Let no address be the one where this customer lives now."""
    session.execute(
        sa.update(CustomerAddressRow)
        .where(CustomerAddressRow.customer_id == customer_id, CustomerAddressRow.current.is_(True))
        .values(current=False),
        execution_options={"synchronize_session": "fetch"},
    )
