"""The way in: a reference becomes a snapshot."""

import os
import re
from typing import Final

from samestack.capture.assembly import assembled, origin_of
from samestack.capture.formats import ENVIRONMENTS
from samestack.capture.options import Options
from samestack.errors import RequestError
from samestack.model import Kind, Reference, Snapshot, Standing

_DEFAULT = Options()
_INTERPRETER: Final = r"(python|pypy)[\d.]*t?"
_ARCHIVE: Final = (".tar", ".tar.gz", ".tgz", ".tar.zst")
_IMAGES: Final = (Kind.OCI, Kind.IMAGE, Kind.CONTAINER, Kind.REGISTRY)


def capture(reference: Reference, options: Options = _DEFAULT) -> Snapshot:
    """Read the environment that a reference names. Nothing of it is imported or run.

    :class:`RequestError` when there is nothing to be read, :class:`InputError` when it cannot be understood;
    what is merely odd stands in the snapshot's remarks.
    """
    if reference.kind is not Kind.PATH:
        return _capture_environment(reference, reference.kind, reference.locator, options)
    path = os.path.expanduser(reference.locator)
    kind = environment_kind(path)
    if kind is not None:
        return _capture_environment(reference, kind, path, options)
    # Recognising files takes parsers that the capture of an environment can start without.
    from samestack.capture.paths import capture_path

    return capture_path(reference, path, options)


def default_reference() -> Reference:
    """The environment that is active here: an activated one, ``.venv``, or else this machine."""
    for variable, kind in (("VIRTUAL_ENV", Kind.VENV), ("CONDA_PREFIX", Kind.CONDA)):
        if prefix := os.environ.get(variable):
            return Reference(kind, prefix)
    has_venv = os.path.isfile(".venv/pyvenv.cfg")
    return Reference(Kind.VENV, ".venv") if has_venv else Reference(Kind.MACHINE, "")


def environment_kind(path: str) -> Kind | None:
    """The kind of environment that a path is; ``None`` for a file or directory that only declares one."""
    if not os.path.exists(path):
        raise RequestError(f"'{path}': no such file or directory")
    if os.path.isfile(path):
        return _file_kind(os.path.basename(path))
    if os.path.isfile(f"{path}/pyvenv.cfg"):
        return Kind.VENV
    if os.path.isdir(f"{path}/conda-meta"):
        return Kind.CONDA
    if os.path.isfile(f"{path}/oci-layout"):
        return Kind.OCI
    system_signs = ("etc/os-release", "usr/lib/os-release", "var/lib/dpkg/status", "lib/apk/db/installed")
    return Kind.ROOTFS if any(os.path.isfile(f"{path}/{sign}") for sign in system_signs) else None


def _file_kind(name: str) -> Kind | None:
    """An interpreter, or the archive of an image."""
    if name.endswith(_ARCHIVE):
        return Kind.OCI
    return Kind.PYTHON if re.fullmatch(_INTERPRETER, name) else None


def _capture_environment(shown: Reference, kind: Kind, locator: str, options: Options) -> Snapshot:
    if kind in _IMAGES:
        # What reads images is not needed for anything else.
        from samestack.capture.images import capture_image

        return capture_image(shown, kind, locator, options)
    if kind is Kind.SSH:
        from samestack.capture.ssh.snapshot import capture_remote

        return capture_remote(shown, options)
    if kind is Kind.KUBERNETES:
        from samestack.capture.kubernetes.snapshot import capture_workload

        return capture_workload(shown, options)
    environment = ENVIRONMENTS[kind]
    observation = environment.reader()(locator, options)
    origin = origin_of(shown, kind, Standing.OBSERVED, environment.complete, options)
    return assembled(origin, observation)
