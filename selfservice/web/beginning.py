"""Beginning a form: an empty draft of it for whoever asks, from its start page or from an agent's desk."""

from forms.kit.changed import version_of
from forms.kit.service import Service
from selfservice import clock
from selfservice.domain.council import Council
from selfservice.operations import drafting
from selfservice.web.actors import actor
from selfservice.web.begun import Begun
from selfservice.web.session import installation


def begin(council: Council, service: Service) -> Begun:
    """A new journey through a service, as it is asked here, on the page of a council."""
    with installation().database.write() as session:
        draft = drafting.begin(
            session, actor(), council.slug, service.slug, clock.now(), form_version=version_of(service)
        )
    return Begun(council, service, draft)
