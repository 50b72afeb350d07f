"""The base that the settings name, opened."""

from contextlib import ExitStack
from typing import Final

from samestack.errors import RequestError
from samestack.image.building.base import DEBIAN, SCRATCH, Base, image_layers, scratch
from samestack.image.building.base_facts import base_facts
from samestack.image.building.wanted_base import WantedBase
from samestack.oci.image_name import ImageName
from samestack.progress import Reporter

_SUITES: Final = {"3.7": "buster", "3.9": "bullseye", "3.11": "bookworm", "3.13": "trixie"}
"""The suite of Debian that has a series of Python."""
_REGISTRY: Final = "registry:"


def open_base(wanted: WantedBase, reporter: Reporter, opened: ExitStack) -> Base:
    """The base; ``opened`` closes what it holds.

    :class:`RequestError` for one that there is not, or that does not serve the platform.
    """
    if wanted.text == SCRATCH:
        return scratch(wanted.platform)
    text = wanted.text or default_base(wanted.python)
    if text.startswith(DEBIAN):
        from samestack.image.building.debian_layers import debian_layers

        return debian_layers(text.removeprefix(DEBIAN), wanted, reporter, opened)
    return _of_image(text, wanted, reporter)


def default_base(python: str) -> str:
    """The suite of Debian that has a series of Python; :class:`RequestError` where none is known."""
    suite = _SUITES.get(python)
    if suite is None:
        hint = 'name one: base = "registry:..." or "oci:..." in [tool.samestack.image], or --base scratch'
        raise RequestError(f"no suite of Debian is known to have Python {python}", hint=hint)
    return f"{DEBIAN}{suite}"


def _of_image(text: str, wanted: WantedBase, reporter: Reporter) -> Base:
    from samestack.oci.opening import open_image

    image = open_image(text, wanted.platform)
    facts = base_facts(image, wanted, reporter)
    name = text.removeprefix(_REGISTRY) if text.startswith(_REGISTRY) else ""
    return Base(
        config=image.config,
        layers=image_layers(image, repository=_repository(name, wanted.host)),
        name=name,
        digest=image.descriptor.digest,
        python=facts.python,
        glibc=facts.glibc,
    )


def _repository(name: str, host: str) -> str:
    """Where the registry that the image goes to has the base already."""
    parsed = ImageName.parse(name) if name else None
    return parsed.repository if parsed is not None and parsed.host == host else ""
