"""Why there is no lock: the conflicts among the requirements, as ``samestack explain`` tells them."""

from datetime import date

from msgspec import structs

from samestack.lock.platforms import platform_of
from samestack.lock.terms import AUTO, Terms
from samestack.lock.unmet import UnmetError
from samestack.progress import Reporter
from samestack.project.manifest import Backend, Project
from samestack.project.wishes import wishes_of
from samestack.solve.answering import Question, answered
from samestack.solve.conda.virtual_packages import target_of
from samestack.solve.explanation import Explanation
from samestack.solve.limits import Limits
from samestack.solve.problem import Target, Wish

_LIMITS = Limits(solves=120)
"""Whoever asked for a lock waits for the explanation: a few conflicts are told, ``explain`` finds all."""


def explained(project: Project, error: UnmetError, reporter: Reporter) -> tuple[Explanation, tuple[str, ...]]:
    """The explanation for the first platform on which they cannot be met, and notes on what was asked.

    Where they can be met on each platform by itself, the explanation says so: then the solver's own words,
    which the error has, are all that is known.
    """
    if error.question is not None:
        return answered(error.question, reporter), error.question.notes
    terms = error.terms
    asked = wishes_of(project, terms.extras, terms.groups)
    asked = structs.replace(asked, wishes=_with_constraints(asked.wishes, terms))
    conda = project.backend is Backend.CONDA
    for platform in terms.platforms or ("",):
        question = Question(
            asked=structs.replace(asked, channels=project.manifest.channels or asked.channels),
            target=Target(
                python=terms.python,
                platform=platform_of(platform).uv if platform else "",
                as_of=date.fromisoformat(terms.as_of) if terms.as_of not in {"", AUTO} else None,
            ),
            conda_target=target_of(platform if conda else "", None),
            limits=_LIMITS,
            is_day_to_be_told=terms.as_of == AUTO,
            notes=asked.notes,
        )
        explanation = answered(question, reporter)
        if not explanation.is_met:
            break
    where = f" on {platform}" if platform else ""
    return explanation, (f"decided for Python {terms.python}{where}", *asked.notes)


def _with_constraints(wishes: tuple[Wish, ...], terms: Terms) -> tuple[Wish, ...]:
    """What the terms narrow beside the project's own files: trials of a verification."""
    known = {wish.text for wish in wishes if wish.is_constraint}
    texts = dict.fromkeys(one.requirement for one in terms.constraints)
    more = (Wish(text=text, is_constraint=True) for text in texts if text not in known)
    return (*wishes, *more)
