"""What the replicas and resources of ``[tool.samestack.deploy]`` may be, beyond their types."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from samestack.deploy.scale import RESOURCES, Autoscaling, Resources, quantity
from samestack.deploy.wrong_value import WrongValue

if TYPE_CHECKING:
    from samestack.deploy.settings import DeploySettings

_MOST_REPLICAS: Final = 10_000


def scale_values(settings: "DeploySettings") -> Iterator[WrongValue]:
    """What of the replicas and resources cannot be meant, everywhere or in one environment."""
    yield from _scale("", settings.replicas, settings.resources, settings.autoscaling)
    for name, one in settings.environments.items():
        prefix = f"environments.{name}."
        yield from _scale(prefix, one.replicas, one.resources or Resources(), one.autoscaling)
        if one.autoscaling is not None and settings.autoscaling is None:
            message = "autoscaling in one environment and not in the others: they would not be the same"
            hint = "set autoscaling for all, and let an environment differ in minimum and maximum"
            yield WrongValue(f"{prefix}autoscaling", message, hint)
    yield from _autoscaled_cpu(settings)


def _scale(
    prefix: str, replicas: int | None, resources: Resources, autoscaling: Autoscaling | None
) -> Iterator[WrongValue]:
    if replicas is not None and not 0 <= replicas <= _MOST_REPLICAS:
        yield WrongValue(
            f"{prefix}replicas", f"{replicas} cannot be meant", f"between 0 and {_MOST_REPLICAS}"
        )
    yield from _resources(f"{prefix}resources", resources)
    if autoscaling is None:
        return
    if not 1 <= autoscaling.minimum <= autoscaling.maximum <= _MOST_REPLICAS:
        said = f"from {autoscaling.minimum} to {autoscaling.maximum} is no range of replicas"
        yield WrongValue(f"{prefix}autoscaling", said, "minimum is at least 1, and at most maximum")
    if not 1 <= autoscaling.cpu <= 1000:
        yield WrongValue(f"{prefix}autoscaling.cpu", f"{autoscaling.cpu} cannot be meant", "percent, as 80")


def _resources(prefix: str, resources: Resources) -> Iterator[WrongValue]:
    for part, values in (("requests", resources.requests), ("limits", resources.limits)):
        yield from _quantities(f"{prefix}.{part}", values)
    for name, most in resources.limits.items():
        asked = resources.requests.get(name)
        if asked is not None and (quantity(asked) or 0) > (quantity(most) or 0):
            message = f"{asked} is asked for, and {most} is the limit"
            yield WrongValue(f"{prefix}.requests.{name}", message, "ask for no more than the limit")


def _quantities(prefix: str, values: Mapping[str, str]) -> Iterator[WrongValue]:
    for name, text in values.items():
        if name not in RESOURCES:
            message = f"there is no resource '{name}'"
            yield WrongValue(
                f"{prefix}.{name}", message, f"there are {', '.join(RESOURCES)}; gpus is a key of its own"
            )
        elif not quantity(text):
            hint = 'write cores as "250m" or "1.5", bytes as "512Mi" or "4Gi"'
            yield WrongValue(f"{prefix}.{name}", f"'{text[:40]}' is no quantity", hint)


def _autoscaled_cpu(settings: "DeploySettings") -> Iterator[WrongValue]:
    """Percent of nothing is nothing: Kubernetes would never scale, and say so in an event alone."""
    for name in ("", *settings.environments):
        scale = settings.scale(name)
        if scale.autoscaling is not None and not {**scale.resources.limits, **scale.resources.requests}.get(
            "cpu"
        ):
            message = "what is it percent of? nothing is said of the CPU of a replica"
            yield WrongValue("autoscaling.cpu", message, 'write resources.requests = { cpu = "500m" }')
