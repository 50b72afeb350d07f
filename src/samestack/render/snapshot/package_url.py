"""The package URL (ECMA-427) of a component, with which scanners and advisories find it again.

Imported only with the optional library ``cyclonedx-python-lib``, which brings the one that writes them.
"""

from typing import Final

from packageurl import PackageURL

from samestack.model import Component, Ecosystem, Layer, Stack, Value
from samestack.render.component_text import is_os_package

_WITHOUT: Final = (Layer.HARDWARE, Layer.CONFIGURATION)
_C_LIBRARIES: Final = ("glibc", "musl")


def is_distribution(component: Component) -> bool:
    """Whether this is a Linux distribution as a whole."""
    return component.layer is Layer.OS and component.name not in _C_LIBRARIES


def distribution_of(stack: Stack) -> Component | None:
    """The Linux distribution that the stack names, to which its OS packages belong."""
    return next(filter(is_distribution, stack), None)


def package_url(component: Component, distribution: Component | None) -> PackageURL | None:
    """The URL; ``None`` for what is no package: a device, a variable, a nameless thing."""
    namespace, _, name = component.name.rpartition("/")
    if component.layer in _WITHOUT or not name.strip():
        return None
    if component.ecosystem is Ecosystem.HUGGING_FACE:
        return _url(component, name, namespace, {})
    if component.ecosystem is Ecosystem.CONDA:
        return _url(component, component.name, "", _of_conda(component))
    if is_os_package(component):
        vendor = distribution.name if distribution else ""
        return _url(component, component.name, vendor, _of_system(component, distribution))
    return _url(component, component.name, "", {})


def _url(component: Component, name: str, namespace: str, qualifiers: dict[str, Value]) -> PackageURL:
    said = {key: value for key, value in qualifiers.items() if isinstance(value, str) and value}
    version = component.version or ""
    if component.ecosystem is Ecosystem.RPM and ":" in version:
        said["epoch"], _, version = version.partition(":")
    return PackageURL(component.ecosystem.value, namespace or None, name, version or None, said or None)


def _of_conda(component: Component) -> dict[str, Value]:
    return {"build": component.build or "", "channel": component.facts.get("channel", "")}


def _of_system(component: Component, distribution: Component | None) -> dict[str, Value]:
    distro = f"{distribution.name}-{distribution.version}" if distribution and distribution.version else ""
    return {"arch": component.facts.get("architecture", ""), "distro": distro}
