"""Whose questions the pages ask: residents never see those that are asked of agents alone."""

import structlog
from flask import request

from forms.kit.audience import agents_alone
from forms.kit.service import Service
from selfservice.web.standing import helping

log = structlog.get_logger(__name__)


def note_agent_questions(service: Service) -> None:
    """Leave a line in the log for each agents' question that a resident has posted; `service` is the whole one.

    What they posted for it goes nowhere: their form has no such question.
    """
    of_agents = agents_alone(service)
    if of_agents and not helping():
        for question in sorted({name.partition("-")[0] for name in request.form} & of_agents):
            log.warning("agent_question_posted", service=service.slug, question=question)
