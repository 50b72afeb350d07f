"""A bare path becomes a snapshot: recognised, then read by the reader of its kind."""

from pathlib import Path

from samestack.capture import recognition
from samestack.capture.assembly import assembled, origin_of
from samestack.capture.documents import read_bytes
from samestack.capture.formats import FORMATS
from samestack.capture.observation import Observation
from samestack.capture.options import Options
from samestack.capture.project_models import read_project_models
from samestack.codec import decode_snapshot
from samestack.errors import InputError
from samestack.model import Ecosystem, Layer, Reference, Remark, Snapshot, Standing


def capture_path(reference: Reference, locator: str, options: Options) -> Snapshot:
    """The snapshot of what a file or a project's directory declares."""
    path = Path(locator)
    return (capture_project if path.is_dir() else capture_file)(reference, path, options)


def capture_file(reference: Reference, path: Path, options: Options) -> Snapshot:
    """The snapshot of what a file declares, or the one that it holds."""
    kind = recognition.file_kind(path)
    if kind == recognition.SNAPSHOT:
        return decode_snapshot(read_bytes(path), file=str(path))
    file_format = FORMATS[kind]
    observation = file_format.reader()(path)
    is_wish = file_format.standing is Standing.WANTED
    complete = () if is_wish else _complete_layers(observation)
    origin = origin_of(reference, kind, file_format.standing, complete, options)
    return assembled(origin, observation)


def capture_project(reference: Reference, directory: Path, options: Options) -> Snapshot:
    """The snapshot of what a project declares: by its most decided file, and the models that it names."""
    files = recognition.project_files(directory)
    if not files:
        raise InputError(str(directory), "nothing here declares an environment", hint=recognition.HINT)
    snapshot = capture_file(reference, files[0], options)
    models = read_project_models(directory, options.reporter)
    components = (*snapshot.stack, *snapshot.host, *snapshot.configuration, *models.components)
    remarks = (*snapshot.remarks, *models.remarks, *_also_declared(files))
    return assembled(snapshot.origin, Observation(components, remarks))


def _complete_layers(observation: Observation) -> tuple[Layer, ...]:
    """The layers that a lock or a bill of materials has, and so tells everything of.

    The native packages in a conda lock do not say that there is no other library on the system.
    """
    python_layers = (Layer.PYTHON, Layer.PACKAGES)
    spoken_of = {
        one.layer
        for one in observation.components
        if one.layer in python_layers or one.ecosystem is not Ecosystem.CONDA
    }
    return tuple(sorted(spoken_of, key=lambda layer: layer.rank))


def _also_declared(files: tuple[Path, ...]) -> tuple[Remark, ...]:
    if len(files) == 1:
        return ()
    others = ", ".join(file.name for file in files[1:])
    return (
        Remark(
            code="also-declared",
            layer=Layer.PACKAGES,
            subject=files[0].name,
            message=f"the project was read by {files[0].name}; it declares its environment in {others} too",
            place=str(files[0].parent),
        ),
    )
