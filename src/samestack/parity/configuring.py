"""The profiles of all environments resolved at once, each in its time."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, structs

from samestack.config.resolution import Resolution
from samestack.config.resolving import ResolveRequest, resolve
from samestack.envs.managing.state import is_environment
from samestack.envs.running.project_environment import environment_of
from samestack.errors import OutsideError
from samestack.parity.asking import begun
from samestack.parity.settings import Environment

_DENIED = "source-denied"


class Configurations(Struct, frozen=True, kw_only=True):
    """What came of resolving, by environment."""

    resolutions: Mapping[str, Resolution]
    silences: Mapping[str, tuple[str, ...]]


def configured(
    environments: Sequence[Environment],
    project: Path,
    variables: Mapping[str, str],
    seconds: float | None,
) -> Callable[[], Configurations]:
    """Begin to resolve the profile of each that has one; what is returned waits for all of them.

    That raises :class:`~samestack.errors.RequestError` for a profile that there is not.
    """
    own = Path(environment_of(project)).absolute()
    environment = own if is_environment(own) else None
    waiting = {
        one.name: begun(_resolving(one, project, variables, environment), seconds or one.seconds)
        for one in environments
        if one.profile
    }

    def wait() -> Configurations:
        resolutions: dict[str, Resolution] = {}
        silences: dict[str, tuple[str, ...]] = {}
        for name, resolved in waiting.items():
            try:
                resolutions[name] = resolved()
            except OutsideError as error:
                silences[name] = (f"its configuration: {error.message}",)
        return Configurations(resolutions=resolutions, silences=silences)

    return wait


def _resolving(
    one: Environment, project: Path, variables: Mapping[str, str], environment: Path | None
) -> Callable[[], Resolution]:
    request = ResolveRequest(
        project=project, profile=one.profile, variables=variables, environment=environment
    )

    def resolved() -> Resolution:
        """With values, or by presence alone where a store does not let its values be read."""
        resolution = resolve(request)
        if not any(finding.rule == _DENIED for finding in resolution.findings):
            return resolution
        return resolve(structs.replace(request, presence_only=True))

    return resolved
