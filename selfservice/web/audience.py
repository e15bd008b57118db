"""Whose questions the pages ask: residents never see those that are asked of agents alone."""

from dataclasses import dataclass

import structlog
from flask import current_app, request

from forms.kit.audience import agents_alone, for_residents
from forms.kit.service import Service

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A service, as residents are asked it, and the ids of the questions that they are not asked."""

    whole: Service
    of_residents: Service
    of_agents: frozenset[str]


def of_residents(service: Service) -> Service:
    """The service as residents are asked it: the same object each time, for its form is told apart by that."""
    return _asked(service).of_residents


def note_agent_questions(service: Service) -> None:
    """Leave a line in the log for each agents' question that a resident has posted; `service` is the whole one.

    What they posted for it goes nowhere: their form has no such question.
    """
    of_agents = _asked(service).of_agents
    if of_agents:
        for question in sorted({name.partition("-")[0] for name in request.form} & of_agents):
            log.warning("agent_question_posted", service=service.slug, question=question)


def _asked(service: Service) -> _Asked:
    """Worked out once for each service in use; told apart by identity, which is all that tells it quickly."""
    kept: dict[int, _Asked] = current_app.extensions.setdefault("selfservice audience", {})
    found = kept.get(id(service))
    if found is None or found.whole is not service:
        found = kept[id(service)] = _Asked(service, for_residents(service), agents_alone(service))
    return found
