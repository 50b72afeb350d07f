"""A file for ``--env-file`` of Docker and Podman, which know no quotation marks."""

from samestack.config.rendering.parting import parted
from samestack.config.resolution import Resolution
from samestack.errors import RequestError


def env_file(resolution: Resolution, *, with_secrets: bool = False) -> str:
    """The text of the file; a secret is a name alone, which the engine takes from its own environment.

    :class:`~samestack.errors.RequestError` for a value of several lines, which the file cannot say.
    """
    parts = parted(resolution)
    lines = {name: _line(name, text) for name, text in parts.plain.items()}
    for secret in parts.secrets:
        lines[secret.name] = _line(secret.name, secret.text) if with_secrets else f"{secret.name}\n"
    return "".join(line for _, line in sorted(lines.items()))


def _line(name: str, text: str) -> str:
    if "\n" in text or "\r" in text:
        said = f"{name}: a file for --env-file cannot hold a value of several lines"
        raise RequestError(said, hint="render env, or mount the value as a file")
    return f"{name}={text}\n"
