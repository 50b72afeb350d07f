"""Why a constraint is there, for whoever wants to lift it one day."""

from typing import Final

from samestack.verify.search.constraint_text import package_of
from samestack.verify.search.search import Mend
from samestack.verify.search.world import Failure

_MOST_NAMED: Final = 3


def reason_of(mend: Mend) -> str:
    """A sentence: with which release what fails, and how."""
    if not mend.mended:
        return "without it the locked packages do not work together"
    others = list(dict.fromkeys(one.package for one in mend.mended if one.package != mend.mended[0].package))
    more = f"; so {'does' if len(others) == 1 else 'do'} {_listed(others)}" if others else ""
    return f"{_with(mend)}{_line(mend.mended[0])}{more}"


def _with(mend: Mend) -> str:
    """The release that is held off, where what happens does not name it."""
    label = f"{package_of(mend.requirement)} {mend.instead_of}"
    is_said = not mend.instead_of or label in mend.mended[0].words
    return "" if is_said else f"with {label}, "


def _line(failure: Failure) -> str:
    words = failure.words or f"{failure.package} does not work"
    return " ".join(words.split())


def _listed(names: list[str]) -> str:
    shown = names[:_MOST_NAMED]
    more = len(names) - len(shown)
    if more:
        return f"{', '.join(shown)} and {more} more"
    return " and ".join((", ".join(shown[:-1]), shown[-1])) if len(shown) > 1 else shown[0]
