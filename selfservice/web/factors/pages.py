"""Looking after one's own second factors: what there is, taking away, calling otherwise, and new recovery codes.

The same pages stand in My Account and among those of staff (`install`). Each change wants a fresh proof of who it is,
and is told to its owner.
"""

from collections.abc import Callable

from flask import Blueprint, abort, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from forms.kit.typed import one_line
from selfservice import clock
from selfservice.operations import factor_changes, passkeys
from selfservice.operations.factor_changes import THE_APP
from selfservice.operations.factors import Held, KeptPasskey, LastFactor
from selfservice.web.errors import Refused
from selfservice.web.factors import adding, keys
from selfservice.web.factors.proving import held
from selfservice.web.factors.room import Room
from selfservice.web.languages import _, gettext_noop
from selfservice.web.session import installation

DONE = {
    "app_added": gettext_noop("Your app is set up."),
    "app_removed": gettext_noop("The app was removed. You can delete its entry on your phone too."),
    "passkey_added": gettext_noop("Your passkey was added."),
    "passkey_removed": gettext_noop("The passkey was removed."),
    "renamed": gettext_noop("The passkey has its new name."),
    "code_used": gettext_noop(
        "You signed in with a recovery code. If you have lost your phone or your passkey, remove it here and set up "
        "another."
    ),
}


def show(room: Room) -> ResponseReturnValue:
    """What there is, and what can be done with it."""
    done = DONE.get(request.args.get("done", ""))
    return make_response(
        render_template(
            "factors/show.html",
            held=held(room),
            passkeys_offered=keys.offered() is not None,
            base=room.base,
            of_staff=room.of_staff,
            notice=_(done) if done else None,
        )
    )


def ask_to_remove(room: Room) -> ResponseReturnValue:
    """Ask once more before something is taken away."""
    kept, which = held(room), request.args.get("which", "")
    passkey = _passkey(kept, which)
    if passkey is None and not (which == THE_APP and kept.app_since):
        abort(404)
    last = len(kept.passkeys) + (kept.app_since is not None) == 1
    if last and room.of_staff:
        raise _last()
    return make_response(
        render_template(
            "factors/remove.html",
            passkey=passkey,
            which=which,
            last=last,
            action=f"{room.base}/remove",
            back_url=room.base,
        )
    )


def remove(room: Room) -> ResponseReturnValue:
    """Take it away."""
    which = request.form.get("which", "")
    try:
        with installation().database.write() as session:
            changed = factor_changes.remove(
                session,
                room.actor(),
                room.owner(),
                room.person().id,
                which,
                room.council(),
                clock.now(),
            )
    except LastFactor:
        raise _last() from None
    installation().doorbell.ring_soon(changed.delivery_ids)
    return redirect(f"{room.base}?done={'app_removed' if which == THE_APP else 'passkey_removed'}", 303)


def ask_for_name(room: Room, wrong: str | None = None) -> ResponseReturnValue:
    """Ask what a passkey is to be called."""
    passkey = _passkey(held(room), request.values.get("which", ""))
    if passkey is None:
        abort(404)
    drawn = render_template(
        "factors/rename.html",
        passkey=passkey,
        errors=[("name", wrong)] if wrong else [],
        action=f"{room.base}/rename",
        back_url=room.base,
    )
    return make_response(drawn, 422 if wrong else 200)


def rename(room: Room) -> ResponseReturnValue:
    """Call it that."""
    name = one_line(request.form.get("name", "")[:200])
    if not name:
        return ask_for_name(room, _("Enter a name for this passkey"))
    with installation().database.write() as session:
        if not passkeys.rename(session, room.actor(), room.owner(), request.form.get("which", ""), name):
            abort(404)
    return redirect(f"{room.base}?done=renamed", 303)


def ask_for_codes(room: Room) -> ResponseReturnValue:
    """Say what recovery codes are good for, and offer new ones."""
    kept = held(room)
    if not kept.any:
        return redirect(room.base, 303)
    drawn = render_template(
        "factors/new_codes.html", left=kept.codes_left, action=f"{room.base}/codes", back_url=room.base
    )
    return make_response(drawn)


def new_codes(room: Room) -> ResponseReturnValue:
    """Make new recovery codes, and show them."""
    if not held(room).any:
        return redirect(room.base, 303)
    with installation().database.write() as session:
        changed = factor_changes.new_codes(session, room.actor(), room.owner(), room.council(), clock.now())
    installation().doorbell.ring_soon(changed.delivery_ids)
    return adding.show_codes(room, changed.codes)


Plain = Callable[[], ResponseReturnValue]
Views = tuple[tuple[str, str, str, Callable[[Room], ResponseReturnValue]], ...]

ADDING: Views = (
    ("begin_app", "POST", "/app/begin", adding.begin_app),
    ("app", "GET", "/app", adding.show_app),
    ("confirm_app", "POST", "/app", adding.confirm_app),
    ("passkey", "GET", "/passkey", adding.ask_for_passkey),
    ("passkey_options", "POST", "/passkey/options", adding.passkey_options),
    ("add_passkey", "POST", "/passkey", adding.add_passkey),
)
CHANGES: Views = (
    *ADDING,
    ("ask_to_remove", "GET", "/remove", ask_to_remove),
    ("remove", "POST", "/remove", remove),
    ("ask_for_name", "GET", "/rename", ask_for_name),
    ("rename", "POST", "/rename", rename),
    ("ask_for_codes", "GET", "/codes", ask_for_codes),
    ("new_codes", "POST", "/codes", new_codes),
)


def install(blueprint: Blueprint, room: Room, declare: Callable[[Plain], Plain], views: Views) -> None:
    """Put these pages into a blueprint, each open to whom `declare` says."""
    for name, method, path, view in views:
        blueprint.add_url_rule(f"{room.base}{path}", name, declare(_change(room, view)), methods=[method])


def _change(room: Room, view: Callable[[Room], ResponseReturnValue]) -> Plain:
    """A page that changes something: only for whoever has just proven who they are."""

    def change() -> ResponseReturnValue:
        return room.first_to_prove() or view(room)

    return change


def _passkey(kept: Held, which: str) -> KeptPasskey | None:
    return next((each for each in kept.passkeys if each.id == which), None)


def _last() -> Refused:
    return Refused(
        409,
        _("This is your only second factor"),
        (_("Staff cannot sign in without one. Set up another one first, then remove this one."),),
        link=(_("Signing in and security"), "/staff/security"),
    )
