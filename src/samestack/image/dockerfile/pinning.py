"""The digest of an image that is named by a tag: the registry knows it, or an engine that has the image."""

from samestack.errors import OutsideError, RequestError
from samestack.oci.digests import is_digest
from samestack.oci.engines.engine import Engine
from samestack.oci.engines.finding import engines
from samestack.oci.image_name import ImageName


def pinned(name: str) -> str:
    """The name with a digest: the one that it has, else the one that its tag stands for now.

    A name that begins with no registry is asked of the engine here alone: which registry an engine means by
    it is the engine's own setting. :class:`RequestError` where nobody knows a digest.
    """
    if "@" in name:
        return name
    digest = _of_registry(name) if _has_host(name) else _of_engine(name)
    if not digest:
        hint = f"pull it with docker or podman first, or name it with its digest: --base {name}@sha256:..."
        raise RequestError(f"no digest is known here for '{name}', and a tag alone may move", hint=hint)
    return f"{name}@{digest}"


def _has_host(name: str) -> bool:
    host, slash, _ = name.partition("/")
    return bool(slash) and ("." in host or ":" in host or host == "localhost")


def _of_registry(name: str) -> str:
    from samestack.oci.registry.opening import registry_source

    return registry_source(ImageName.parse(name)).described("").digest


def _of_engine(name: str) -> str:
    """What an engine here pulled under this name; empty where none did."""
    repository = name.rpartition("/")[2].partition(":")[0]
    pairs = (str(one).partition("@")[::2] for each in engines() for one in _digests(each, name))
    # However the engine writes the name of the repository that was asked for.
    fitting = (digest for said, digest in pairs if said.rpartition("/")[2] == repository)
    return next(filter(is_digest, fitting), "")


def _digests(engine: Engine, name: str) -> tuple[str, ...]:
    try:
        return engine.inspect(name).repo_digests or ()
    except (RequestError, OutsideError):  # it does not have the image, or does not answer
        return ()
