"""A customer's details: seen and changed by them, and by the agent who is helping them at the same addresses."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from forms.kit.contacts import number_shown
from selfservice import clock
from selfservice.domain.people import Actor
from selfservice.domain.profile import NEED_WORDS, PREFERRED_WORDS, Need, Preferred, Profile
from selfservice.operations import homes, profiles
from selfservice.web.account import asking, questions
from selfservice.web.account.asking import Asked
from selfservice.web.actors import actor
from selfservice.web.languages import _, gettext_noop
from selfservice.web.security import Csrf, Who, open_to
from selfservice.web.session import installation
from selfservice.web.standing import helping
from selfservice.web.viewing import note_look

blueprint = Blueprint("profile", __name__)

PATH = "/account/profile"
SAVED = gettext_noop("Saved.")
SIGN_IN_NUMBER = gettext_noop(
    "You sign in with %(number)s. To change that number, choose “Signing in” in My Account."
)
SIGN_IN_NUMBER_OF_THEIRS = gettext_noop(
    "They sign in with %(number)s. Only they can change that number, once they have signed in."
)
ENOUGH = gettext_noop("You have many addresses here already. Remove one before you add another.")


@dataclass(frozen=True)
class Change:
    """How one part of a profile is changed: by which page, from which answers, and what is done with new ones."""

    page: Callable[[Profile], Any]
    kept: Callable[[Profile], Mapping[str, Any]]
    save: Callable[[Any, Actor, Profile, dict[str, Any]], None]
    note: Callable[[Profile], str] = lambda _profile: ""


@blueprint.get(PATH)
@open_to(Who.ACCOUNT, while_acting=True)
def show() -> ResponseReturnValue:
    """All that is held of the customer, with where to change it."""
    note_look("profile")
    saved = _(SAVED) if request.args.get("saved") == "1" else None
    return render_template("account/profile.html", **in_words(_profile()), saved=saved)


@blueprint.get(f"{PATH}/<page>")
@open_to(Who.ACCOUNT, while_acting=True)
def ask(page: str) -> ResponseReturnValue:
    """Ask for one part of it."""
    if page not in CHANGES:
        abort(404)
    note_look("profile")
    return asking.show(_asked(page, _profile()))


@blueprint.post(f"{PATH}/<page>")
@open_to(Who.ACCOUNT, csrf=Csrf.ASKED_AGAIN, while_acting=True)
def change(page: str) -> ResponseReturnValue:
    """Keep what was typed, or show what is wrong with it."""
    if page not in CHANGES:
        abort(404)
    found = _profile()
    asked = _asked(page, found)

    def save(given: dict[str, Any]) -> ResponseReturnValue:
        try:
            with installation().database.write() as session:
                CHANGES[page].save(session, actor(), found, given)
        except homes.TooMany:
            return asking.refuse(asked, _(ENOUGH))
        return redirect(f"{PATH}?saved=1", 303)

    return asking.take(asked, save)


@blueprint.post("/account/homes")
@open_to(Who.ACCOUNT, while_acting=True)
def change_home() -> ResponseReturnValue:
    """Move into an address that is known already, or remove one."""
    pressed, _sign, home_id = request.form.get("do", "").partition(":")
    done = {"move-in": homes.move_in, "remove": homes.remove}.get(pressed)
    if done is None:
        abort(404)
    try:
        with installation().database.write() as session:
            done(session, actor(), home_id[:36], clock.now())
    except (homes.NoSuchHome, profiles.NoProfile):
        abort(404)
    return redirect(f"{PATH}?saved=1#addresses", 303)


def in_words(found: Profile) -> dict[str, Any]:
    """What is held of a customer, as it reads."""
    return {
        "profile": found,
        "born": _born(found),
        "phones": [number_shown(each) for each in (found.phone, found.other_phone) if each],
        "preferred": _(PREFERRED_WORDS[found.preferred]),
        "speaks": _language(found.language),
        "needs": [
            *(_(NEED_WORDS[Need(each)]) for each in found.needs if each in [*Need]),
            *([found.needs_words] if found.needs_words else []),
        ],
        "people": _people(found),
        "homes": found.homes,
    }


def _profile() -> Profile:
    with installation().database.look() as session:
        found = profiles.profile(session, actor())
    return found or abort(404)


def _asked(page: str, found: Profile) -> Asked:
    change = CHANGES[page]
    kept = {name: value for name, value in change.kept(found).items() if value not in (None, "", [])}
    return Asked(change.page(found), kept, change.note(found))


def _save_name(session: Any, who: Actor, _found: Profile, given: dict[str, Any]) -> None:
    born = date.fromisoformat(given["date_of_birth"]) if given["date_of_birth"] else None
    profiles.change_name(session, who, given["name"], born, clock.now())


def _save_phones(session: Any, who: Actor, found: Profile, given: dict[str, Any]) -> None:
    phone = given.get("phone") if "phone" in given else found.phone
    profiles.change_phones(session, who, phone, given["other_phone"], clock.now())


def _save_ways(session: Any, who: Actor, found: Profile, given: dict[str, Any]) -> None:
    language = given.get("language") or found.language
    profiles.change_ways(session, who, Preferred(given["preferred"]), language, clock.now())


def _save_needs(session: Any, who: Actor, _found: Profile, given: dict[str, Any]) -> None:
    needs = [Need(each) for each in given["needs"] or ()]
    profiles.change_needs(session, who, needs, given["needs_words"] or "", clock.now())


def _save_household(session: Any, who: Actor, _found: Profile, given: dict[str, Any]) -> None:
    profiles.change_household(session, who, given["household"] or (), clock.now())


def _save_address(session: Any, who: Actor, _found: Profile, given: dict[str, Any]) -> None:
    homes.add(session, who, given["address"], clock.now(), current=given["current"] == "yes")


def _note_on_phone(found: Profile) -> str:
    if not found.phone_is_sign_in:
        return ""
    words = SIGN_IN_NUMBER_OF_THEIRS if helping() else SIGN_IN_NUMBER
    return _(words, number=number_shown(found.phone or ""))


def _language(tag: str) -> str:
    """What a language is called in itself; nothing where there is but one."""
    spoken = [each for each in installation().languages if not each.pseudo]
    return next((each.name for each in spoken if each.tag == tag), tag) if len(spoken) > 1 else ""


def _people(found: Profile) -> tuple[str, ...]:
    """Who lives with them, a line for each."""
    [asked] = questions.household_page(found).asked
    return tuple(asked.lines(list(found.household), _)) if found.household else ()


def _born(found: Profile) -> str:
    if found.date_of_birth is None:
        return ""
    asked = next(each for each in questions.name_page(found).asked if each.id == "date_of_birth")
    return asked.lines(found.date_of_birth.isoformat(), _)[0]


CHANGES: Mapping[str, Change] = {
    "name": Change(
        questions.name_page,
        lambda found: {
            "name": found.name,
            "date_of_birth": found.date_of_birth.isoformat() if found.date_of_birth else None,
        },
        _save_name,
    ),
    "phone": Change(
        questions.phone_page,
        lambda found: {"phone": found.phone, "other_phone": found.other_phone},
        _save_phones,
        _note_on_phone,
    ),
    "contact": Change(
        questions.contact_page,
        lambda found: {"preferred": found.preferred, "language": found.language},
        _save_ways,
    ),
    "needs": Change(
        questions.needs_page,
        lambda found: {"needs": list(found.needs), "needs_words": found.needs_words},
        _save_needs,
    ),
    "household": Change(
        questions.household_page, lambda found: {"household": list(found.household)}, _save_household
    ),
    "address": Change(questions.address_page, lambda _found: {}, _save_address),
}
