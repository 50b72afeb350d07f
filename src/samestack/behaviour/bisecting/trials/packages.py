"""The packages of a stack, as what a trial's environment is made of."""

from samestack.behaviour.bisecting.trials.description import Package
from samestack.errors import RequestError
from samestack.model import Component, Ecosystem


def package_of(component: Component) -> Package:
    """What is installed for a package that was decided or observed.

    :class:`RequestError` for what no trial can install: a directory of this machine, which has no release, or
    a package of conda's.
    """
    if component.ecosystem is not Ecosystem.PYPI:
        raise RequestError(
            f"'{component.label}' is a package of conda's: trials are made of the Python index's"
        )
    source = component.source or ""
    if (component.version is None and not source) or source.startswith("file:") or _is_local(component):
        raise RequestError(
            f"'{component.label}' is a directory of this machine, so that it has no releases to try",
            hint="leave it out: a trial's program is run where it stands",
        )
    hashes = component.facts.get("hashes")
    return Package(
        name=component.name,
        version=component.version or "",
        source=source,
        hashes=hashes if isinstance(hashes, tuple) else (),
    )


def _is_local(component: Component) -> bool:
    return bool(component.circumstances.get("editable") or component.circumstances.get("path"))
