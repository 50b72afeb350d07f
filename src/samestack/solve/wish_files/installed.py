"""What is installed already, as wishes that hold and cannot be changed."""

from collections.abc import Iterator

from samestack.errors import RequestError
from samestack.model import Component, Ecosystem, Layer, Snapshot
from samestack.solve.problem import Wish
from samestack.solve.wish_files.asked import Asked


def installed_wishes(snapshot: Snapshot) -> Asked:
    """Every package at its version. They only narrow: what nothing asks for need not be solved.

    A package that comes from no index, or a conda package, cannot be looked up there and is named in a note.
    """
    packages = snapshot.stack.layer(Layer.PACKAGES)
    if len({one.at for one in packages}) > 1:
        raise RequestError(
            f"{snapshot.origin.reference} holds several Pythons: which one's packages are meant is not said",
            hint="name one of them, as in --installed venv:PATH",
        )
    known = [one for one in packages if one.ecosystem is Ecosystem.PYPI and one.version]
    of_index = [one for one in known if not _is_elsewhere(one)]
    return Asked(
        wishes=tuple(dict.fromkeys(_wish(one) for one in of_index)),
        notes=tuple(_notes(snapshot.origin.reference, packages, of_index)),
    )


def _wish(component: Component) -> Wish:
    # A local part (+cu118) names a build that another index has; the release it is of has the same needs.
    release = (component.version or "").partition("+")[0]
    return Wish(text=f"{component.name}=={release}", is_fixed=True, is_constraint=True)


def _is_elsewhere(component: Component) -> bool:
    said = component.circumstances
    return component.source is not None or bool({"editable", "path"} & said.keys())


def _notes(reference: str, packages: tuple[Component, ...], of_index: list[Component]) -> Iterator[str]:
    taken = {id(one) for one in of_index}
    left_out = sorted({one.name for one in packages if id(one) not in taken})
    if left_out:
        listed = ", ".join(left_out[:8]) + (f" and {len(left_out) - 8} more" if len(left_out) > 8 else "")
        yield f"{reference}: what is not of the index is not taken into account: {listed}"
