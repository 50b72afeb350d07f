"""``environment.yml``: what people ask of conda, and of pip beside it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct, field

from samestack.capture.observation import Observation
from samestack.capture.probes.host.variables import read_variables
from samestack.capture.readers.conda.conda_records import CondaRecord, archive_of, channel_name, shown_address
from samestack.capture.readers.conda.conda_records import component_of as record_component
from samestack.capture.readers.conda.environment_pip import read_pip_part
from samestack.capture.readers.requirements.packaging_values import placed, shown
from samestack.capture.yaml_aliases import load_bounded_yaml
from samestack.compare.conda_specifications import MatchSpecification, parse_match_specification
from samestack.knowledge.conda_layers import conda_layer
from samestack.model import Component, Ecosystem, Layer, Remark, Value

_PIP: Final = "pip"
_NO_DEFAULTS: Final = "nodefaults"
_ARCHIVES: Final = (".conda", ".tar.bz2")


class _Environment(Struct):
    channels: tuple[str, ...] | None = ()
    dependencies: tuple[str | dict[str, tuple[str, ...] | None], ...] | None = ()
    variables: dict[str, str | int | float | bool | None] | None = field(default_factory=dict)


def read(path: Path) -> Observation:
    """Everything that is asked for, with the channels that it is to come from.

    Of the variables those are kept that are known to change what software computes; the others are named in
    a remark, without their values.
    """
    file = str(path)
    environment = load_bounded_yaml(path, _Environment)
    channels = tuple(channel_name(one) for one in environment.channels or () if one != _NO_DEFAULTS)
    dependencies = environment.dependencies or ()
    of_conda = Observation(tuple(_of_conda(dependencies, channels, file)))
    of_others = (_of_table(one, path) for one in dependencies if isinstance(one, dict))
    return Observation.joined((of_conda, *of_others, _of_variables(environment, file)))


def _of_conda(
    dependencies: tuple[str | dict[str, tuple[str, ...] | None], ...], channels: tuple[str, ...], file: str
) -> Iterator[Component]:
    for index, dependency in enumerate(dependencies):
        if isinstance(dependency, str):
            with placed(file, f"$.dependencies[{index}]"):
                yield _component(dependency, channels)


def _component(text: str, channels: tuple[str, ...]) -> Component:
    if text.split("#", maxsplit=1)[0].endswith(_ARCHIVES):
        archive = archive_of(text)
        return record_component(
            CondaRecord(
                name=archive.name, version=archive.version, build=archive.build, channel=archive.channel
            )
        )
    return _wanted(parse_match_specification(text), channels)


def _wanted(specification: MatchSpecification, channels: tuple[str, ...]) -> Component:
    """Decided where one version is left, else with what is wanted of it."""
    is_exact = specification.is_exact
    channel = channel_name(specification.channel) if specification.channel else ""
    circumstances: dict[str, Value] = {"channels": channels} if channels and not channel else {}
    requirement = specification.requirement
    return Component(
        layer=conda_layer(specification.name, build=specification.exact_build),
        ecosystem=Ecosystem.CONDA,
        name=specification.name,
        version=specification.exact_version if is_exact else None,
        build=specification.exact_build if is_exact else None,
        requirement=None if is_exact or requirement is None else shown_address(requirement),
        facts={"channel": channel} if channel else {},
        circumstances=circumstances,
    )


def _of_table(table: dict[str, tuple[str, ...] | None], path: Path) -> Observation:
    """The part for pip. Other parts exist in other tools' dialects; conda passes over them."""
    unknown = [key for key in table if key != _PIP]
    remarks = tuple(
        _remark("unknown-dependencies", key, "only a part for pip is known, so this part was left out", path)
        for key in unknown
    )
    of_pip = read_pip_part(table.get(_PIP) or (), path)
    return Observation.joined((of_pip, Observation(remarks=remarks)))


def _of_variables(environment: _Environment, file: str) -> Observation:
    stated = {name: str(value) for name, value in (environment.variables or {}).items() if value is not None}
    known = read_variables(stated)
    names = {component.name for component in known.components}
    others = sorted(shown(name) for name in stated if name not in names)
    if not others:
        return known
    message = f"variables that are not known to change what is computed were left out: {', '.join(others)}"
    remark = _remark("variables-left-out", "variables", message, Path(file), Layer.CONFIGURATION)
    return Observation.joined((known, Observation(remarks=(remark,))))


def _remark(code: str, subject: str, message: str, path: Path, layer: Layer = Layer.PACKAGES) -> Remark:
    return Remark(code=code, layer=layer, subject=shown(subject), message=shown(message), place=str(path))
