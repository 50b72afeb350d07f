"""What the values of ``[tool.samestack.deploy]`` may be, beyond their types."""

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from samestack.deploy.scale_values import scale_values
from samestack.deploy.wrong_value import WrongValue
from samestack.errors import InputError, RequestError

if TYPE_CHECKING:
    from samestack.deploy.settings import DeploySettings

_MOST_GPUS: Final = 16
_MOST_SECONDS: Final = 86_400
VARIABLES: Final = "variables"
FILES: Final = "files"
_HANDOVERS: Final = (VARIABLES, FILES)


def check_values(settings: "DeploySettings", place: str, file: str) -> None:
    """:class:`InputError` for the first value that cannot be meant; ``place`` is that of the table."""
    for check in _CHECKS:
        for wrong in check(settings):
            raise InputError(file, wrong.message, place=f"{place}.{wrong.key}", hint=wrong.hint)


def _names(settings: "DeploySettings") -> Iterator[WrongValue]:
    from samestack.config.rendering.kubernetes_object import ObjectName

    for key, name in (("name", settings.name), ("secret", settings.secret)):
        if name and (_is_refused(ObjectName(name=name)) or len(name) > 63 or "." in name):
            yield WrongValue(
                key, f"'{name[:80]}' can be the name of no workload", "small letters, digits and -"
            )
    namespaces = {"namespace": settings.namespace}
    namespaces |= {
        f"environments.{name}.namespace": one.namespace for name, one in settings.environments.items()
    }
    for key, namespace in namespaces.items():
        if namespace and _is_refused(ObjectName(name="a", namespace=namespace)):
            yield WrongValue(
                key, f"'{namespace[:80]}' can be the name of no namespace", "small letters, digits and -"
            )


def _is_refused(name: object) -> bool:
    try:
        name.metadata  # type: ignore[attr-defined]  # noqa: B018 - asking for it checks it
    except RequestError:
        return True
    return False


def _image(settings: "DeploySettings") -> Iterator[WrongValue]:
    from samestack.oci.image_name import ImageName

    if not settings.image:
        return
    try:
        name = ImageName.parse(settings.image)
    except RequestError as error:
        yield WrongValue("image", error.message, error.hint or "")
        return
    if name.tag:
        hint = f'write "{name.host}/{name.repository}": what is deployed has a digest, and tags move'
        yield WrongValue("image", f"the tag '{name.tag}' says nothing here", hint)


def _platform(settings: "DeploySettings") -> Iterator[WrongValue]:
    if settings.platform and not settings.platform.startswith("linux-"):
        message = f"no image is for '{settings.platform}'"
        yield WrongValue("platform", message, 'write "linux-64" or "linux-aarch64"')


def _numbers(settings: "DeploySettings") -> Iterator[WrongValue]:
    if settings.port is not None and not 0 <= settings.port <= 65535:
        yield WrongValue("port", f"{settings.port} is no port", "between 1 and 65535, or 0 for none")
    if not 0 <= settings.gpus <= _MOST_GPUS:
        yield WrongValue("gpus", f"{settings.gpus} is no number of GPUs", f"between 0 and {_MOST_GPUS}")


def _probes(settings: "DeploySettings") -> Iterator[WrongValue]:
    probes = settings.probes
    if probes.path and (not probes.path.startswith("/") or not probes.path.isprintable()):
        yield WrongValue("probes.path", f"'{probes.path[:80]}' is no path", 'write it like "/health"')
    said = {"seconds": probes.seconds, "timeout": probes.timeout, "start": probes.start}
    for key, number in {**said, "failures": probes.failures}.items():
        if number is not None and not 1 <= number <= _MOST_SECONDS:
            yield WrongValue(f"probes.{key}", f"{number} cannot be meant", f"between 1 and {_MOST_SECONDS}")


def _paths(settings: "DeploySettings") -> Iterator[WrongValue]:
    for index, text in enumerate(settings.writable):
        path = PurePosixPath(text)
        if not path.is_absolute() or ".." in path.parts or len(path.parts) < 2 or not text.isprintable():
            yield WrongValue(f"writable[{index}]", f"'{text[:80]}' is no directory", 'write it like "/tmp"')
    if len(set(settings.writable)) < len(settings.writable):
        yield WrongValue("writable", "one of them is named twice", "name each once")


def _secrets(settings: "DeploySettings") -> Iterator[WrongValue]:
    if settings.secrets not in _HANDOVERS:
        hint = f"write {' or '.join(_HANDOVERS)}"
        yield WrongValue("secrets", f"nothing is handed over as '{settings.secrets[:40]}'", hint)


def _kubernetes(settings: "DeploySettings") -> Iterator[WrongValue]:
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    try:
        is_empty = not SpecifierSet(settings.kubernetes)
    except InvalidSpecifier:
        is_empty = True
    if is_empty:
        hint = 'write it like ">=1.25,<1.36"'
        yield WrongValue("kubernetes", f"'{settings.kubernetes[:40]}' is no range of versions", hint)


_CHECKS: Final[tuple[Callable[["DeploySettings"], Iterator[WrongValue]], ...]] = (
    _names,
    _image,
    _platform,
    _numbers,
    _probes,
    scale_values,
    _paths,
    _secrets,
    _kubernetes,
)
