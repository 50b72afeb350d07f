"""What a rendered configuration does not hold, in a sentence each, and who holds it then."""

from collections.abc import Sequence

from samestack.config.rendering.compose import DIRECTORY
from samestack.config.rendering.external_secret import unreferred
from samestack.config.rendering.parting import parted
from samestack.config.resolution import Resolution


def left_out(resolution: Resolution, target: str) -> Sequence[str]:
    """The notes to a text without secrets; none where there are no secrets."""
    names = ", ".join(secret.name for secret in parted(resolution).secrets)
    if not names:
        return ()
    match target:
        case "env":
            return (f"without the secrets {names}: samestack run has them, or say --plaintext",)
        case "env-file":
            return (f"the engine takes {names} from its own environment: start it by samestack run",)
        case "configmap":
            return (f"without the secrets {names}: render external-secret for them",)
        case "compose":
            return (f"Compose reads the secrets {names} from the files of their names in {DIRECTORY}",)
        case _:
            return _unreferred(resolution)


def _unreferred(resolution: Resolution) -> Sequence[str]:
    return [
        f"without the secret {secret.name}, which External Secrets cannot read from {secret.origin.source}"
        for secret in unreferred(resolution)
    ]
