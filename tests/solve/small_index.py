"""An index that fits in a dictionary, with a solver that tries everything: small, slow and surely right."""

import itertools
from collections.abc import Mapping, Sequence
from datetime import datetime

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from samestack.solve.metadata import Refusal, Release
from samestack.solve.oracle import Answer
from samestack.solve.problem import Wish

Packages = Mapping[str, Mapping[str, Sequence[str]]]
"""By package and version, what is asked for."""


class SmallIndex:
    """Both a metadata source and an oracle; it counts how often it was asked."""

    def __init__(
        self,
        packages: Packages,
        *,
        refusals: Mapping[tuple[str, str], Refusal] | None = None,
        uploads: Mapping[tuple[str, str], datetime] | None = None,
    ) -> None:
        self.packages = packages
        self.refusals = refusals or {}
        self.uploads = uploads or {}
        self.asked: list[frozenset[str]] = []

    def releases(self, name: str) -> tuple[Release, ...]:
        key = canonicalize_name(name)
        return tuple(
            Release(
                version=version,
                refusal=self.refusals.get((key, version)),
                uploaded=self.uploads.get((key, version)),
            )
            for version in sorted(self.packages.get(key, {}), key=Version)
        )

    def requires(self, name: str, version: str) -> tuple[str, ...] | None:
        return tuple(self.packages[canonicalize_name(name)].get(version, ()))

    def applies(self, marker: str, extras: frozenset[str]) -> bool:  # noqa: ARG002 - nothing here has markers
        return True

    def solve(self, wishes: Sequence[Wish]) -> Answer:
        self.asked.append(frozenset(wish.text for wish in wishes))
        asked = [Requirement(wish.text) for wish in wishes if not wish.is_constraint]
        constraints = [Requirement(wish.text) for wish in wishes if wish.is_constraint]
        for chosen in self._choices():
            if all(_holds(one, chosen, must=True) for one in asked) and all(
                _holds(one, chosen, must=False) for one in constraints
            ):
                return Answer(is_met=True, solution=tuple(f"{name}=={at}" for name, at in chosen.items()))
        words = " and ".join(wish.text for wish in wishes)
        return Answer(is_met=False, said=f"Because you require {words} and {' '.join(self.packages)} clash")

    def _choices(self) -> list[dict[str, str]]:
        """Every set of releases that holds together, the newest first."""
        names = sorted(self.packages)
        versions = [
            [
                *(
                    one
                    for one in sorted(self.packages[name], key=Version, reverse=True)
                    if (name, one) not in self.refusals
                ),
                None,
            ]
            for name in names
        ]
        found = []
        for combination in itertools.product(*versions):
            chosen = {name: at for name, at in zip(names, combination, strict=True) if at is not None}
            needed = [Requirement(text) for name, at in chosen.items() for text in self.packages[name][at]]
            if all(_holds(one, chosen, must=True) for one in needed):
                found.append(chosen)
        return found


def _holds(said: Requirement, chosen: Mapping[str, str], *, must: bool) -> bool:
    version = chosen.get(canonicalize_name(said.name))
    return not must if version is None else said.specifier.contains(version)
