"""Looking for customers by what is known of them: few statements, each bounded, on what is committed this second.

PostgreSQL has an index of each word of each name with any one letter left out (`name_marks`, made by step 0011) and
one of groups of three letters. SQLite has neither, and serves small installations: there more rows than fit are
given back, up to a bound. What of the rows fits, and which fits best, is the caller's to say in either case.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from selfservice.domain.likeness import one_left_out, spelt
from selfservice.domain.sought import INWARD, Sought
from selfservice.store.accounts import AccountRow
from selfservice.store.customers import CustomerCouncilRow, CustomerRow, OwnedSubmissionRow
from selfservice.store.submissions import SubmissionRow

# How many rows are put in order of likeness at most, and how many come back.
LOOKED_AT = 1_000
GIVEN = 60
GIVEN_BY_SQLITE = 5_000

Condition = sa.ColumnElement[bool]
KEY = CustomerRow.name_key
PHONES = (CustomerRow.phone, CustomerRow.other_phone)


class Candidate(NamedTuple):
    """A customer who may be meant, as far as it takes to tell."""

    id: str
    name: str
    name_key: str
    email: str | None
    phone: str | None
    other_phone: str | None
    date_of_birth: date | None
    postcode: str | None
    uprn: str | None
    restricted: bool
    changed_at: datetime
    account_id: str | None
    account_email: str | None
    account_phone: str | None


class Sent(NamedTuple):
    """A submission with the reference that was looked for, and what it says of who sent it."""

    id: str
    contact: dict[str, Any]
    lookup_postcodes: list[Any]
    owner: str | None


COLUMNS = (
    *(getattr(CustomerRow, name) for name in Candidate._fields[:11]),
    AccountRow.id,
    AccountRow.email,
    AccountRow.phone,
)


def by_ids(session: Session, ids: Collection[str], councils: Collection[str]) -> list[Candidate]:
    """Those of these customers (ids) who can be found by whoever works for these councils."""
    found = (
        sa.select(*COLUMNS)
        .outerjoin(AccountRow, AccountRow.customer_id == CustomerRow.id)
        .where(CustomerRow.id.in_(ids), *_findable(), _known_to(councils))
    )
    return [Candidate(*row) for row in session.execute(found)] if ids else []


def by_references(
    session: Session, references: Collection[str], councils: Collection[str]
) -> list[tuple[Sent, Candidate | None]]:
    """The submissions of these councils with one of these references; each with its customer, if it has one who can
    be found."""
    owner = sa.func.coalesce(OwnedSubmissionRow.customer_id, SubmissionRow.customer_id)
    found = (
        sa.select(SubmissionRow.id, SubmissionRow.contact, SubmissionRow.lookup_postcodes, owner, *COLUMNS)
        .outerjoin(OwnedSubmissionRow, OwnedSubmissionRow.submission_id == SubmissionRow.id)
        .outerjoin(CustomerRow, sa.and_(CustomerRow.id == owner, *_findable()))
        .outerjoin(AccountRow, AccountRow.customer_id == CustomerRow.id)
        .where(SubmissionRow.reference.in_(references), SubmissionRow.council.in_(councils))
        .limit(GIVEN)
    )
    rows = [(Sent(*row[:4]), row[4:]) for row in session.execute(found)]
    return [(sent, Candidate(*row) if row[0] else None) for sent, row in rows]


def whom_all_fits(session: Session, sought: Sought, councils: Collection[str]) -> list[Candidate]:
    """Customers whom everything fits that is known; those whose names are written so come first."""
    narrow = list(_narrowed(sought))
    exact = [_exactly(session, sought.words, place) for place in range(len(sought.words))]
    near = [_nearly(session, sought.words, place) for place in range(len(sought.words))]
    branches = [[*exact, *narrow]] if exact or narrow else []
    if near:
        branches.append([*near, *narrow])
    if sought.login:
        branches.append([CustomerRow.email.startswith(sought.login, autoescape=True)])
    return _looked_up(session, branches, sought, councils)


def whom_some_fits(session: Session, sought: Sought, councils: Collection[str]) -> list[Candidate]:
    """Customers whom not all fits: the rest without the name, the name without the rest, all but one of its words, or
    where there are none, a name that is as a whole like the one told."""
    narrow = list(_narrowed(replace(sought, area="")))
    near = [_nearly(session, sought.words, place) for place in range(len(sought.words))]
    branches = [[each] for each in narrow] if near or len(narrow) > 1 else []
    if near and sought.narrowed:
        branches.append(near)
    elif len(near) > 2:
        exact = [_exactly(session, sought.words, place) for place in range(len(near))]
        but_one = [sa.and_(*exact[:at], *exact[at + 1 :]) for at in range(len(exact))]
        branches.append([sa.or_(*but_one)])
    return _looked_up(session, branches, sought, councils, alike=bool(near))


def _looked_up(
    session: Session,
    branches: list[list[Condition]],
    sought: Sought,
    councils: Collection[str],
    *,
    alike: bool = False,
) -> list[Candidate]:
    """The rows of each branch after those of the one before; what has enough of the first never asks the next. With
    `alike` those with a name like the one told, where no branch has any: of all there is to ask it takes longest."""
    if not branches and not alike:
        return []
    given = GIVEN if _on_postgres(session) else GIVEN_BY_SQLITE
    parts = [_likest(session, each, sought, councils, given) for each in branches]
    before = sa.union_all(*parts).limit(given).cte("before") if parts else None
    parts = [] if before is None else [sa.select(before.c.id)]
    if alike:
        nobody = [] if before is None else [~sa.exists(sa.select(before.c.id))]
        parts.append(_likest(session, [_alike(session, sought.words), *nobody], sought, councils, given))
    ids = sa.union_all(*parts).subquery()
    found = (
        sa.select(*COLUMNS)
        .join(ids, ids.c.id == CustomerRow.id)
        .outerjoin(AccountRow, AccountRow.customer_id == CustomerRow.id)
    )
    return list(dict.fromkeys(Candidate(*row) for row in session.execute(found)))


def _likest(
    session: Session, conditions: list[Condition], sought: Sought, councils: Collection[str], given: int
) -> sa.Select[Any]:
    """The ids of some customers to whom the conditions apply, the likest first, then those changed last."""
    visible = sa.select(CustomerRow.id, KEY, CustomerRow.postcode, CustomerRow.changed_at).where(
        *conditions, *_findable(), _known_to(councils)
    )
    if not _on_postgres(session):
        newest = visible.order_by(CustomerRow.changed_at.desc()).limit(given).subquery()
        return sa.select(newest.c.id)
    some = visible.limit(LOOKED_AT).subquery()
    nearby = sa.case((some.c.postcode.startswith(sought.postcode[:-INWARD], autoescape=True), 0), else_=1)
    order = [nearby] if sought.postcode else []
    alike = sa.func.similarity(some.c.name_key, " ".join(sought.words))
    ordered = sa.select(some.c.id).order_by(*order, alike.desc(), some.c.changed_at.desc())
    return sa.select(ordered.limit(given).subquery().c.id)


def _findable() -> tuple[Condition, ...]:
    """Staff are not found among customers, nor is anybody who asked to be forgotten."""
    return CustomerRow.staff_id.is_(None), CustomerRow.forgotten_at.is_(None)


def _known_to(councils: Collection[str]) -> Condition:
    """That one of these councils knows the customer, or none at all does. One look at an index for each row."""
    here = sa.case((CustomerCouncilRow.council.in_(councils), 1), else_=0)
    known = sa.select(sa.func.max(here) == 1).where(CustomerCouncilRow.customer_id == CustomerRow.id)
    # So written, PostgreSQL takes it that half the rows pass, and sees how little it has to read of many.
    return known.correlate(CustomerRow).scalar_subquery().is_not(sa.false())


def _narrowed(sought: Sought) -> Iterator[Condition]:
    """What was told beside the name."""
    if sought.email:
        yield _by_email(sought.email)
    if sought.number:
        yield CustomerRow.id.in_(_by_number(sought))
    if sought.postcode:
        yield CustomerRow.postcode == sought.postcode
    if sought.area:
        yield sa.and_(
            CustomerRow.postcode.startswith(sought.area, autoescape=True),
            sa.func.length(CustomerRow.postcode) <= len(sought.area) + INWARD,
        )


def _by_email(email: str) -> Condition:
    """Whoever can be written to there, or signs in by it."""
    same = sa.select(CustomerRow.id).where(CustomerRow.email.startswith(email, autoescape=True))
    return CustomerRow.id.in_(
        sa.union_all(same, sa.select(AccountRow.customer_id).where(AccountRow.email == email))
    )


def _by_number(sought: Sought) -> sa.CompoundSelect[Any]:
    """Whoever has the number: each index is asked by itself."""
    number, own = sought.number, sa.select(CustomerRow.id)
    assert number is not None
    found = [own.where(CustomerRow.uprn == number.uprn)] if number.uprn else []
    if number.phone:
        found += [own.where(column == number.phone) for column in PHONES]
        found.append(sa.select(AccountRow.customer_id).where(AccountRow.phone == number.phone))
    if number.end:
        found += [own.where(column.endswith(number.end)) for column in PHONES]
    return sa.union_all(*found, own.where(sa.false()))


def _exactly(session: Session, words: tuple[str, ...], place: int) -> Condition:
    """Names with this word, or with another form of it; of an initial, names with a word that begins so."""
    if len(words[place]) == 1:
        return _begins(session, words, place)
    return _marked(session, {words[place], *spelt(words, place)})


def _nearly(session: Session, words: tuple[str, ...], place: int) -> Condition:
    """Names with this word, with one that is a letter apart, or with one that it is a part of."""
    word = words[place]
    exact = _exactly(session, words, place)
    if len(word) < 3:
        return _begins(session, words, place)
    part = KEY.contains(word, autoescape=True)
    if _on_postgres(session):
        # In this order: where a row is looked at again, making the marks of its name costs most.
        return sa.or_(part, _marks().overlap([*one_left_out(word), *_whole({word, *spelt(words, place)})]))
    # Where one letter is wrong or two changed places, one third of a word is as it was.
    third = -(-len(word) // 3)
    thirds = {word[at : at + third] for at in range(0, len(word), third)}
    return sa.or_(exact, part, *(KEY.contains(each, autoescape=True) for each in sorted(thirds)))


def _alike(session: Session, words: tuple[str, ...]) -> Condition:
    """Names that share enough groups of three letters with the one told."""
    if not _on_postgres(session):
        return sa.true()
    like = sa.func.customers_named_like(" ".join(words), type_=sa.Text).column_valued("like_it")
    return CustomerRow.id.in_(sa.select(like))


def _begins(session: Session, words: tuple[str, ...], place: int) -> Condition:
    """Names with a word that begins with this one of one or two letters, or with another form of it."""
    if _on_postgres(session):
        begun: Condition = _marks().overlap([f"^{words[place]}", *_whole(spelt(words, place))])
        return begun
    forms = sorted({words[place], *spelt(words, place)})
    return sa.or_(*(KEY.contains(each, autoescape=True) for each in forms))


def _marked(session: Session, words: Collection[str]) -> Condition:
    if _on_postgres(session):
        marked: Condition = _marks().overlap(_whole(words))
        return marked
    return sa.or_(*(KEY.contains(word, autoescape=True) for word in sorted(words)), sa.false())


def _whole(words: Collection[str]) -> list[str]:
    return sorted(f"={word}" for word in words)


def _marks() -> Any:
    return sa.func.name_marks(KEY, type_=ARRAY(sa.Text))


def _on_postgres(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"
