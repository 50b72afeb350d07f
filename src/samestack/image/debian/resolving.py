"""Which packages a base takes: those that every Debian system has, those asked for, and all that these need.

Every base has the packages that Debian calls essential: others rely on them without saying so (Debian Policy,
3.8), so none of these can be left out safely. ``debootstrap --variant=minbase`` takes what is of priority
``required`` and apt besides, for a system that is installed into later; an image is not, it is built anew.

No package is taken because it is merely recommended. The same index and the same wishes always give the same
packages: alternatives are taken in the order in which they are written, providers by how usual they are.
"""

import difflib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from samestack.errors import RequestError
from samestack.image.debian.package import Package
from samestack.image.debian.relations import Relation, clauses, compared

MERGED: Final = "usr-is-merged"
"""Says that ``/bin`` is a link into ``/usr``, as here; the alternative to it brings Perl to make it so."""


class Catalogue(Struct, frozen=True, kw_only=True):
    """The newest version of every package, and what stands for what is no package of its own."""

    packages: Mapping[str, Package]
    providers: Mapping[str, Sequence[tuple[Package, Relation]]]

    @classmethod
    def of(cls, packages: Iterable[Package]) -> "Catalogue":
        """The catalogue of all that was found, in any order."""
        newest: dict[str, Package] = {}
        for package in packages:
            other = newest.setdefault(package.name, package)
            if other is not package and compared(package.version, other.version) > 0:
                newest[package.name] = package
        providers: dict[str, list[tuple[Package, Relation]]] = {}
        for package in sorted(newest.values(), key=lambda one: one.rank):
            for relation in _provided(package):
                providers.setdefault(relation.name, []).append((package, relation))
        return cls(packages=newest, providers=providers)

    def meeting(self, relation: Relation) -> Iterator[Package]:
        """The packages that meet a relation, the one of that name first."""
        package = self.packages.get(relation.name)
        if package is not None and relation.admits(package.version):
            yield package
        for provider, provided in self.providers.get(relation.name, ()):
            if _is_met_by(relation, provided):
                yield provider


def resolve(catalogue: Catalogue, requested: Sequence[str]) -> tuple[Package, ...]:
    """The packages of a base, by name; :class:`RequestError` in one line for wishes that cannot be met."""
    choice = _Choice(catalogue)
    for name in sorted({*_of_every_base(catalogue), *requested}):
        choice.take(_named(catalogue, name), "")
    choice.complete()
    choice.check()
    return tuple(sorted(choice.taken.values(), key=lambda one: one.name))


class _Choice:
    """The packages that were taken so far, and because of which."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.taken: dict[str, Package] = {}
        self._pending: deque[Package] = deque()
        self._catalogue = catalogue
        self._because: dict[str, str] = {}

    def take(self, package: Package, because: str) -> None:
        if package.name not in self.taken:
            self.taken[package.name] = package
            self._pending.append(package)
            self._because[package.name] = because

    def complete(self) -> None:
        """Take what is needed until nothing is missing, in the order in which it turned up."""
        while self._pending:
            package = self._pending.popleft()
            for clause in clauses(f"{package.pre_depends},{package.depends}"):
                if not self._is_met(clause):
                    self.take(self._chosen(clause, package), package.name)

    def check(self) -> None:
        """:class:`RequestError` for the first two packages that exclude each other."""
        for package in self.taken.values():
            for other in self._excluded(package):
                raise RequestError(
                    f"{package.text} and {other.text} cannot stand in one base"
                    f" ({self._chain(package)}; {self._chain(other)})",
                    hint="ask for one of the two alone, or for an alternative to what needs the other",
                )

    def _is_met(self, clause: tuple[Relation, ...]) -> bool:
        met = (package for relation in clause for package in self._catalogue.meeting(relation))
        return any(package.name in self.taken for package in met)

    def _chosen(self, clause: tuple[Relation, ...], package: Package) -> Package:
        found = [one for relation in clause for one in self._catalogue.meeting(relation)]
        if not found:
            wanted = " | ".join(map(str, clause))
            hint = "the mirror is incomplete, or being updated: try again, or use another"
            raise RequestError(f"{package.text} needs {wanted}, which no suite here has", hint=hint)
        return next((one for one in found if self._fits(one)), found[0])

    def _fits(self, package: Package) -> bool:
        """Whether it excludes nothing that was taken, nor the other way round."""
        if any(True for _ in self._excluded(package)):
            return False
        return not any(package in self._meant(other, [package]) for other in self.taken.values())

    def _excluded(self, package: Package) -> Iterator[Package]:
        yield from self._meant(package, self.taken.values())

    def _meant(self, package: Package, among: Iterable[Package]) -> list[Package]:
        """Those that a package conflicts with or breaks; never itself, whatever it provides."""
        excluded = [one for clause in clauses(f"{package.conflicts},{package.breaks}") for one in clause]
        others = [other for other in among if other.name != package.name]
        return [other for other in others if any(_is(other, relation) for relation in excluded)]

    def _chain(self, package: Package) -> str:
        names = [package.name]
        while because := self._because.get(names[-1], ""):
            names.append(because)
        return " which is needed by ".join(names) if len(names) > 1 else f"{package.name} is asked for"


def _is(package: Package, relation: Relation) -> bool:
    if package.name == relation.name and relation.admits(package.version):
        return True
    return any(_is_met_by(relation, one) for one in _provided(package) if one.name == relation.name)


def _is_met_by(relation: Relation, provided: Relation) -> bool:
    """What is provided without a version meets no relation that asks for one."""
    if not relation.operator:
        return True
    return bool(provided.version) and relation.admits(provided.version)


def _provided(package: Package) -> Iterator[Relation]:
    if package.provides:
        yield from (relation for clause in clauses(package.provides) for relation in clause)


def _of_every_base(catalogue: Catalogue) -> Iterator[str]:
    yield from (name for name, package in catalogue.packages.items() if package.is_essential)
    if MERGED in catalogue.packages:
        yield MERGED


def _named(catalogue: Catalogue, name: str) -> Package:
    found = catalogue.packages.get(name)
    if found is None:
        alike = [one for one in catalogue.packages if one[:1] == name[:1]]
        near = difflib.get_close_matches(name, alike, n=1)
        hint = f"did you mean '{near[0]}'?" if near else "ask for packages of Debian's main, by their names"
        raise RequestError(f"there is no Debian package '{name}'", hint=hint)
    return found
