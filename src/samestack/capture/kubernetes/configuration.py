"""What a workload's template gives its container to read: names of variables, ConfigMaps and Secrets.

No value of any variable is kept, but for those of the few that numeric software goes by, which are known by
name.
"""

from collections.abc import Iterator

from samestack.capture.kubernetes.template import Container, Named, PodSpecification, Variable, Volume
from samestack.capture.observation import Observation
from samestack.capture.probes.host.variables import read_variables
from samestack.capture.probes.text import shown_text
from samestack.model import Component, Ecosystem, Layer

_MAX_COMPONENTS = 2000


def read_configuration(container: Container, pod: PodSpecification) -> Observation:
    """Components of layer configuration: a variable by its name, an object as ``configmap/NAME``.

    ``facts`` say where a variable comes from, and how an object is read; a variable of which only the name
    is known has no version.
    """
    variables = container.variables or ()
    known = read_variables({one.name: one.value for one in variables if one.value is not None})
    told = {one.name for one in known.components}
    found = [
        *(_variable(one) for one in variables if one.name not in told),
        *(_object(word, name, "variables") for word, name in _all_of(container)),
        *(_object(word, name, "files") for word, name in _volumes(pod.volumes or ())),
    ]
    unique = {(one.name, one.at): one for one in found}
    return Observation.joined((known, Observation(tuple(unique.values())[:_MAX_COMPONENTS])))


def _variable(one: Variable) -> Component:
    origin = one.origin
    if origin is not None and origin.secret is not None:
        told = f"secret/{origin.secret.name}, key {origin.secret.key}"
    elif origin is not None and origin.config_map is not None:
        told = f"configmap/{origin.config_map.name}, key {origin.config_map.key}"
    else:
        told = "the pod" if origin is not None else "the template"
    return _component(one.name, {"from": shown_text(told)})


def _all_of(container: Container) -> Iterator[tuple[str, str]]:
    for one in container.variables_of or ():
        yield from _names(one.config_map, one.secret)


def _volumes(volumes: tuple[Volume, ...]) -> Iterator[tuple[str, str]]:
    for one in volumes:
        yield from _names(one.config_map, one.secret)
        if one.projected is not None:
            yield from _volumes(one.projected.sources or ())


def _names(config_map: Named | None, secret: Named | None) -> Iterator[tuple[str, str]]:
    if config_map is not None:
        yield "configmap", config_map.name
    if secret is not None:
        yield "secret", secret.name or secret.secret_name


def _object(word: str, name: str, how: str) -> Component:
    return _component(f"{word}/{name}", {"read_as": how}, at=how)


def _component(name: str, facts: dict[str, str], *, at: str = "") -> Component:
    return Component(
        layer=Layer.CONFIGURATION,
        ecosystem=Ecosystem.GENERIC,
        name=shown_text(name),
        at=at,
        facts=facts,
    )
