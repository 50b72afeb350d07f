"""A constraint as a table of ``[[tool.samestack.constraints]]``."""

from typing import Final

from msgspec import to_builtins
from packaging.requirements import Requirement

from samestack.errors import InputError
from samestack.project.constraints.narrowing import adds_nothing, is_about_same, narrowed
from samestack.project.manifest import Constraint
from samestack.project.manifest_table import PLACE
from samestack.project.toml_tables import with_entry
from samestack.solve.written.span import spliced
from samestack.solve.written.toml_text import TOML

_ARRAY: Final = f"{PLACE}.constraints"


def with_table_constraint(text: str, constraint: Constraint, file: str) -> str:
    """The manifest with the constraint, joined with the one about its package where there is one."""
    values = {span.place: span.value for span in TOML.spans(text)}
    wanted = Requirement(constraint.requirement)
    for place, value in values.items():
        if place.startswith(f"{_ARRAY}[") and place.endswith("].requirement"):
            entry = place.removesuffix(".requirement")
            if is_about_same(Requirement(value), wanted):
                reason = values.get(f"{entry}.reason", "")
                return _joined(text, entry, Constraint(requirement=value, reason=reason), constraint)
    added = with_entry(text, _ARRAY, to_builtins(constraint))
    if added is None:
        hint = f"add requirement = '{constraint.requirement}' with its reason by hand"
        raise InputError(file, "it cannot be added to as it is written", place=_ARRAY, hint=hint)
    return added


def _joined(text: str, entry: str, old: Constraint, new: Constraint) -> str:
    said, added = Requirement(old.requirement), Requirement(new.requirement)
    if adds_nothing(said, added):
        return text
    reason = new.reason if adds_nothing(added, said) else f"{old.reason}; {new.reason}"
    wanted = {f"{entry}.requirement": narrowed(said, added), f"{entry}.reason": reason}
    pieces = [
        (span.start, span.end, next(TOML.literals(text[span.start : span.end], wanted[span.place])))
        for span in TOML.spans(text)
        if span.place in wanted
    ]
    return spliced(text, pieces)
