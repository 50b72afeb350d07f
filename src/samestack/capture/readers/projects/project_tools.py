"""What Poetry, uv, PDM, Hatch and setuptools let a project declare beside the standard tables."""

from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from samestack.capture.readers.projects.declared_sources import DeclaredSource
from samestack.capture.readers.projects.poetry_project import PoetryProject
from samestack.capture.readers.projects.setuptools_dynamic import SetuptoolsTool
from samestack.capture.readers.requirements.requirement_lists import RequirementList

Texts = tuple[str, ...]


class UvSource(DeclaredSource, frozen=True, kw_only=True):
    """Where uv takes a package from; ``marker``, ``extra`` and ``group`` say when."""

    marker: str | None = None
    extra: str | None = None
    group: str | None = None


class UvTool(Struct, frozen=True):
    """``[tool.uv]``."""

    sources: Mapping[str, UvSource | tuple[UvSource, ...]] = field(default_factory=dict)
    dev_dependencies: Texts = field(name="dev-dependencies", default=())
    constraint_dependencies: Texts = field(name="constraint-dependencies", default=())

    def unconditional_sources(self) -> Mapping[str, DeclaredSource]:
        """The sources that hold everywhere, by the name of the package."""
        return {
            name: source
            for name, source in self.sources.items()
            if isinstance(source, UvSource) and not (source.marker or source.extra or source.group)
        }


class PdmTool(Struct, frozen=True):
    """``[tool.pdm]``."""

    dev_dependencies: Mapping[str, Texts] = field(name="dev-dependencies", default_factory=dict)


class HatchEnvironment(Struct, frozen=True):
    """``[tool.hatch.envs.NAME]``."""

    dependencies: Texts = ()
    extra_dependencies: Texts = field(name="extra-dependencies", default=())


class HatchTool(Struct, frozen=True):
    """``[tool.hatch]``."""

    envs: Mapping[str, HatchEnvironment] = field(default_factory=dict)


class Tools(Struct, frozen=True):
    """``[tool]``, as far as it declares dependencies."""

    poetry: PoetryProject = PoetryProject()
    uv: UvTool = UvTool()
    pdm: PdmTool = PdmTool()
    hatch: HatchTool = HatchTool()
    setuptools: SetuptoolsTool = SetuptoolsTool()


def tool_lists(tools: Tools) -> Iterator[RequirementList]:
    """The lists of requirements that the tools' own tables hold."""
    uv = tools.uv
    yield RequirementList(place="tool.uv.dev-dependencies", texts=uv.dev_dependencies, groups=("dev",))
    yield RequirementList(
        place="tool.uv.constraint-dependencies", texts=uv.constraint_dependencies, is_constraint=True
    )
    for group, texts in tools.pdm.dev_dependencies.items():
        yield RequirementList(place=f"tool.pdm.dev-dependencies.{group}", texts=texts, groups=(group,))
    for name, environment in tools.hatch.envs.items():
        place = f"tool.hatch.envs.{name}"
        yield RequirementList(place=f"{place}.dependencies", texts=environment.dependencies, groups=(name,))
        extra = environment.extra_dependencies
        yield RequirementList(place=f"{place}.extra-dependencies", texts=extra, groups=(name,))
