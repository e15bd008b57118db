"""The banner of every page while an agent helps somebody: whom, by which channel, with what, and for how long."""

from dataclasses import dataclass

from selfservice import clock
from selfservice.domain.marking import gettext_noop
from selfservice.domain.people import Channel, Verification
from selfservice.domain.signing_in import Helping
from selfservice.web import standing
from selfservice.web.languages import _, services_in_language

CHANNELS = {
    Channel.WEB: gettext_noop("online"),
    Channel.PHONE: gettext_noop("phone"),
    Channel.FACE_TO_FACE: gettext_noop("face to face"),
    Channel.EMAIL: gettext_noop("email"),
    Channel.LETTER: gettext_noop("letter"),
    Channel.SOCIAL: gettext_noop("social media"),
    Channel.CHAT: gettext_noop("chat"),
    Channel.API: gettext_noop("a program"),
}
VERIFIED = {
    Verification.NONE: gettext_noop("not checked"),
    Verification.BASIC: gettext_noop("checked: basic"),
    Verification.FULL: gettext_noop("checked: full"),
}


@dataclass(frozen=True, slots=True)
class Banner:
    """What the banner says. `about` is the service, "" while there is none; times in whole minutes.

    `id` is the acting session's, so that a banner that stood in another tab stops nobody else. `level` is how sure the
    agent is of who it is, as a number.
    """

    id: str
    name: str
    channel: str
    about: str
    verified: str
    level: int
    minutes: int
    minutes_left: int


def of_request() -> Banner | None:
    """The banner for this request; None where nobody is being helped."""
    helping = standing.helping()
    if helping is None:
        return None
    now = clock.now()
    return Banner(
        id=helping.id,
        name=helping.name or _("somebody without a name"),
        channel=_(CHANNELS[Channel(helping.channel)]),
        about=_service(helping),
        verified=_(VERIFIED[Verification(helping.verification)]),
        level=helping.verification,
        minutes=int((now - helping.started_at).total_seconds() // 60),
        minutes_left=max(0, int((helping.until - now).total_seconds() // 60)),
    )


def _service(helping: Helping) -> str:
    offered = services_in_language(helping.council) if helping.council and helping.service else {}
    found = offered.get(helping.service or "")
    return found.title if found else ""
