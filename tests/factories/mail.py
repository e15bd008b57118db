"""What was sent, as whoever has the mailbox or the telephone reads it: links and codes put in."""

import re

import sqlalchemy as sa

from selfservice.database import Database
from selfservice.links import Links
from selfservice.operations import notifying, saving_letters
from selfservice.operations.notifying import Letter
from selfservice.store.notifications import NotificationRow

CODE = re.compile(r"[Yy]our code is: (\d{3} \d{3})")
LINK = re.compile(r"https?://[^/\s]+(/(?:account|staff)/[\w/-]*link/[\w-]+)")


class Mail:
    """Everything that an installation has written to anybody, the newest last."""

    def __init__(self, database: Database, links: Links) -> None:
        self._database, self._links = database, links

    def letters(self, to: str | None = None) -> list[Letter]:
        """The messages, or those to one address."""
        with self._database.read() as session:
            found = sa.select(NotificationRow.id).order_by(NotificationRow.created_at, NotificationRow.id)
            if to:
                found = found.where(NotificationRow.recipient == to)
            return [
                saving_letters.filled_in(session, self._links, each, notifying.letter(session, each))
                for each in session.scalars(found).all()
            ]

    def newest(self, to: str | None = None) -> Letter:
        """The message that was written last."""
        return self.letters(to)[-1]

    def link(self, to: str | None = None) -> str:
        """The link in the newest message that has one, without its host."""
        found = [LINK.search(letter.body) for letter in self.letters(to)]
        return [match[1] for match in found if match][-1]

    def token(self, to: str | None = None) -> str:
        """The token of that link."""
        return self.link(to).rpartition("/")[2]

    def code(self, to: str | None = None) -> str:
        """The code in the newest message that has one."""
        found = [CODE.search(letter.body) for letter in self.letters(to)]
        return [match[1] for match in found if match][-1]


def wrong(code: str) -> str:
    """A code that is not this one."""
    return f"{(int(code.replace(' ', '')) + 1) % 1_000_000:06d}"
