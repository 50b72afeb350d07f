"""A component in words: its title, what is stated of it, and its facts."""

from typing import Final

from samestack.model import Component, Ecosystem, Value

_ITEMS_SHOWN: Final = 8
_OS_ECOSYSTEMS: Final = (Ecosystem.DEBIAN, Ecosystem.RPM, Ecosystem.ALPINE)
_DIGEST_LENGTH: Final = len("sha256:") + 12


def title(component: Component) -> str:
    """The component's name and, where it has one, its place: ``openblas (numpy)``."""
    return f"{component.name} ({component.at})" if component.at else component.name


def stated(component: Component) -> str:
    """The version, or the requirement, or that there is neither."""
    return component.version or component.requirement or "no version"


def is_os_package(component: Component) -> bool:
    """Whether an operating system's package manager installed it."""
    return component.ecosystem in _OS_ECOSYSTEMS


def short_digest(digest: str) -> str:
    """The first twelve digits of a digest: enough to tell a few of them apart by eye."""
    return digest[:_DIGEST_LENGTH]


def value_text(value: Value) -> str:
    """A fact's value as people write it; of a long list the first items and how many more there are."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, tuple):
        return str(value)
    more = f" and {len(value) - _ITEMS_SHOWN} more" if len(value) > _ITEMS_SHOWN else ""
    return ", ".join(value[:_ITEMS_SHOWN]) + more if value else "none"
