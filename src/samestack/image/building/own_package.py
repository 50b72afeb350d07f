"""A project that is a package itself: importable and with its commands, from where its files stand.

As an editable installation would have it, made without running the project's build backend: a ``.pth`` file
names its directory of modules, and commands start what ``[project.scripts]`` says.
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from samestack.capture.documents import load_toml
from samestack.image.layers.contents import PlainContent
from samestack.image.layers.entry import LayerEntry
from samestack.image.settings import ImageSettings
from samestack.image.wheels.entry_points import EntryPoint, entry_points
from samestack.image.wheels.environment_layout import EnvironmentLayout
from samestack.image.wheels.scripts import launcher
from samestack.project.manifest import Project


class _Table(Struct):
    scripts: Mapping[str, str] = field(default_factory=dict)


class _Manifest(Struct):
    project: _Table = field(default_factory=_Table)


def own_package(project: Project, settings: ImageSettings, series: str) -> Iterator[LayerEntry]:
    """What lets the environment at the settings' prefix find the project; nothing where it is no package.

    :class:`~samestack.errors.InputError` for a command that names no function.
    """
    if not project.is_package:
        return
    layout = EnvironmentLayout(settings.prefix, series)
    root = settings.working_directory.rstrip("/")
    modules = f"{root}/src" if (project.directory / "src").is_dir() else root
    path = f"{layout.modules}/_{project.name.replace('-', '_')}.pth"
    yield LayerEntry(path=path, content=PlainContent(f"{modules}\n".encode()))
    for point in _commands(project, series):
        script = PlainContent(launcher(point, layout.interpreter))
        yield LayerEntry(path=f"{layout.scripts}/{point.name}", mode=0o755, content=script)


def _commands(project: Project, series: str) -> tuple[EntryPoint, ...]:
    file = project.directory / project.file
    scripts = load_toml(file, _Manifest).project.scripts
    text = "".join(f"{name} = {target}\n" for name, target in scripts.items())
    place = "project.scripts"
    return entry_points(f"[console_scripts]\n{text}".encode(), series=series, shown=str(file), place=place)
