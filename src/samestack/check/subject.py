"""What rules look at: an environment and the host that it is to run on."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from samestack.check.python_environment import PythonEnvironment, owner_of
from samestack.check.python_platform import machine_of
from samestack.compare.markers import marker_environment
from samestack.knowledge.python_names import pypi_name
from samestack.model import Component, Ecosystem, Layer, Remark, Snapshot

_SYSTEM_OF_ITS_OWN = frozenset({"rootfs", "oci", "image", "container", "registry"})


class Subject:
    """A snapshot, mostly a deep one, and the snapshot of its host; read once, asked by every rule."""

    def __init__(
        self,
        snapshot: Snapshot,
        host: Snapshot | None = None,
        *,
        project: tuple[str, ...] = (),
        models: tuple[Component, ...] = (),
    ) -> None:
        self.snapshot = snapshot
        self.host = snapshot if host is None else host
        """What it is to run on: another snapshot, or its own where it was read where it runs."""
        self.project = project
        """The names that the project's directory offers for import; see :mod:`.project_modules`."""
        self.models = (*snapshot.stack.layer(Layer.MODELS), *models)
        """The model files of the environment and of the project."""

    @property
    def is_deep(self) -> bool:
        """Whether the binaries were read, and the metadata as a whole."""
        return self.snapshot.origin.deep

    @property
    def has_system(self) -> bool:
        """Whether it carries an operating system, and needs only the host's kernel and hardware."""
        return self.snapshot.origin.kind in _SYSTEM_OF_ITS_OWN

    @property
    def system(self) -> Snapshot:
        """The snapshot that says which C library and system packages it runs on."""
        return self.snapshot if self.has_system else self.host

    def system_component(self, layer: Layer, name: str) -> Component | None:
        """A component of the system that it runs on: ``(Layer.OS, "glibc")``."""
        return _first(self.system.stack.layer(layer), name)

    def host_components(self, layer: Layer, name: str) -> tuple[Component, ...]:
        """Components of the host: ``(Layer.HARDWARE, "gpu")``."""
        return tuple(one for one in self.host.host.layer(layer) if one.name == name)

    def knows_host(self, layer: Layer) -> bool:
        """Whether what the host does not name of a layer is certainly not there."""
        return layer in self.host.origin.complete

    def remarks(self, code: str) -> Iterator[Remark]:
        """What was odd in a known way while the environment was read."""
        return (remark for remark in self.snapshot.remarks if remark.code == code)

    @cached_property
    def pythons(self) -> tuple[PythonEnvironment, ...]:
        """Every Python with its packages, in the order of their places."""
        stack = self.snapshot.stack
        packages: dict[str, dict[str, list[Component]]] = defaultdict(lambda: defaultdict(list))
        for component in stack.layer(Layer.PACKAGES):
            packages[component.at][_index_name(component)].append(component)
        interpreters = {one.at: one for one in stack.layer(Layer.PYTHON) if one.name == "python"}
        return tuple(
            PythonEnvironment(
                at=at,
                interpreter=interpreters.get(at),
                packages={name: tuple(several) for name, several in packages[at].items()},
                libraries=tuple(self._libraries(at)),
                markers=self._markers(interpreters.get(at)),
            )
            for at in sorted({*interpreters, *packages})
        )

    def _libraries(self, at: str) -> Iterator[Component]:
        for layer in (Layer.SYSTEM, Layer.ACCELERATOR):
            for one in self.snapshot.stack.layer(layer):
                place = one.at.rpartition(":")[0]
                if one.ecosystem is Ecosystem.GENERIC and owner_of(one) and place == at:
                    yield one

    def _markers(self, interpreter: Component | None) -> dict[str, str] | None:
        if interpreter is None:
            return None
        alone = type(self.snapshot.stack).of((interpreter,))
        found = marker_environment(alone, self.host.host)
        if found is None:
            return None
        # A root file system may be one of another architecture than this machine's.
        machine = machine_of(interpreter)
        return {**found, "platform_machine": machine} if machine else dict(found)


def _index_name(component: Component) -> str:
    is_conda = component.ecosystem is Ecosystem.CONDA
    return pypi_name(component.name).name if is_conda else component.name


def _first(components: tuple[Component, ...], name: str) -> Component | None:
    return next((one for one in components if one.name == name), None)
