"""Random answers to a service: good ones, blank ones, missing ones and nonsense."""

from typing import Any

from hypothesis import strategies as st

from forms.kit.questions import Question
from forms.kit.service import Service

NONSENSE = st.sampled_from(["no such choice", "", 7, [], {}, ["odd"], {"date": "2026-02-31", "time": ""}])


def good_or_blank(question: Question) -> st.SearchStrategy[Any]:
    """An answer that the question accepts, or None."""
    return st.sampled_from([*question.examples(), None])


def answers_to(service: Service, *, nonsense: bool = True) -> st.SearchStrategy[dict[str, Any]]:
    """Answers to any of the questions of a service."""

    def one(question: Question) -> st.SearchStrategy[Any]:
        return good_or_blank(question) | NONSENSE if nonsense else good_or_blank(question)

    return st.fixed_dictionaries(
        {}, optional={question.id: one(question) for question in service.questions()}
    )
