"""Whose second factors a page is about, where its pages stand, and whether whoever is there may change them now."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import redirect
from flask.typing import ResponseReturnValue

from selfservice import clock
from selfservice.domain.council import Council
from selfservice.domain.people import Actor
from selfservice.domain.signing_in import SignedIn, StaffSignedIn
from selfservice.operations.factors import Owner
from selfservice.web import standing
from selfservice.web.actors import actor, staff_actor
from selfservice.web.errors import Refused
from selfservice.web.languages import _
from selfservice.web.standing import STAFF_COOKIE

# Makes a sign-in whole once its first second factor is set up by this method; gives the browser's new secret.
Completes = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Room:
    """Where the second factors of one kind of sign-in are looked after.

    `base` is where its pages begin, `council` says who writes to their owner. `prove` asks for a fresh proof before a
    change; "" where whoever is there has just proven who they are. `after` is where to go on from the recovery codes.
    `completes` is for setting up at first sign-in.
    """

    kind: str
    base: str
    council: Callable[[], Council]
    prove: str = ""
    after: str = ""
    completes: Completes | None = None

    @property
    def of_staff(self) -> bool:
        """Whether it is for members of staff."""
        return self.kind == STAFF_COOKIE

    def person(self) -> SignedIn | StaffSignedIn:
        """Who is signed in."""
        found = standing.staff_signed_in() if self.of_staff else standing.signed_in()
        assert found is not None, "guarding lets nobody in who is not signed in"
        return found

    def owner(self) -> Owner:
        """Whose factors they are."""
        person = self.person()
        if isinstance(person, StaffSignedIn):
            return Owner(staff_id=person.staff_id)
        return Owner(account_id=person.account_id)

    def actor(self) -> Actor:
        """Who changes them."""
        return staff_actor() if self.of_staff else actor()

    def first_to_prove(self) -> ResponseReturnValue | None:
        """Where to prove themselves before a change; None when they have just done so.

        Raises `Refused` for an agent in the middle of helping somebody: the customer may be looking on.
        """
        if standing.helping() is not None:
            words = (_("Your own sign-in details are not for while a customer is being helped."),)
            raise Refused(409, _("Stop helping first"), words)
        if not self.prove or self.person().fresh(clock.now()):
            return None
        return redirect(f"{self.prove}?next={self.base}", 303)


def issuer(room: Room) -> str:
    """What an app calls us."""
    return _("Council staff") if room.of_staff else _("Council services online")
