"""The pipeline of a project: its text, and its files in the repository."""

from enum import StrEnum
from pathlib import Path
from typing import Final

from msgspec import Struct

from samestack.config.scanning.places.git_commands import repository_of
from samestack.deploy.pipelines import github, gitlab
from samestack.deploy.pipelines.facts import REQUIREMENTS
from samestack.deploy.pipelines.gathering import pipeline_facts, sources_of
from samestack.deploy.pipelines.saving import Standing, is_to_be_written, save, sealed, standing
from samestack.deploy.pipelines.tool_requirements import is_hashed, tool_requirements, wanted
from samestack.errors import InputError
from samestack.files import write_file
from samestack.image.dockerfile.pinning import pinned
from samestack.project.manifest import Project

RUNNER_IMAGE: Final = "docker.io/library/python:3.12-bookworm"
"""Python and git; pinned by its digest when a pipeline is written."""


class Platform(StrEnum):
    """Who runs the pipeline."""

    GITHUB = "github"
    GITLAB = "gitlab"


class PipelineRequest(Struct, frozen=True, kw_only=True):
    """Which pipeline is to be written."""

    project: Project
    platform: Platform
    requirements: str = ""
    """The file of samestack by its hashes, below the project; empty for one that is made."""
    runner_image: str = ""
    is_forced: bool = False


class Pipeline(Struct, frozen=True, kw_only=True):
    """What a repository is given."""

    file: Path
    data: bytes
    include: str = ""
    """What the pipeline that is there has to include; empty where this is the whole one."""


class Written(Struct, frozen=True, kw_only=True):
    """What became of it."""

    files: tuple[Path, ...]
    """Those that were not there, or were otherwise."""
    include: str = ""


def pipeline(request: PipelineRequest) -> Pipeline:
    """The file and its text; nothing is written."""
    named = request.requirements or REQUIREMENTS
    if request.platform is Platform.GITHUB:
        facts = pipeline_facts(request.project, requirements=named)
        return _sealed(request, github.FILE, github.github_workflow(facts))
    image = _runner_image(request)
    facts = pipeline_facts(request.project, requirements=named, runner_image=image)
    is_included = standing(_root(request) / gitlab.FILE) is Standing.FOREIGN
    file = gitlab.INCLUDED if is_included else gitlab.FILE
    made = _sealed(request, file, gitlab.gitlab_pipeline(facts))
    return Pipeline(file=made.file, data=made.data, include=gitlab.INCLUDED if is_included else "")


def write_pipeline(request: PipelineRequest) -> Written:
    """Write what is missing, once nothing is refused; the pipeline last, since it needs the other file."""
    made = pipeline(request)
    is_missing = is_to_be_written(made.data, made.file, is_forced=request.is_forced)
    tools = _tools(request)
    if is_missing:
        save(made.data, made.file)
    return Written(files=(*tools, made.file) if is_missing else tools, include=made.include)


def _sealed(request: PipelineRequest, file: str, text: str) -> Pipeline:
    return Pipeline(file=_root(request) / file, data=sealed(text, request.platform))


def _root(request: PipelineRequest) -> Path:
    return repository_of(request.project.directory)


def _runner_image(request: PipelineRequest) -> str:
    """The one that is named; else that of the pipeline that is there, so that a digest moves for a reason."""
    if request.runner_image:
        return pinned(request.runner_image)
    for file in (gitlab.FILE, gitlab.INCLUDED):
        place = _root(request) / file
        if standing(place) is Standing.OURS:
            return gitlab.runner_image_of(place.read_text(encoding="utf-8"))
    return pinned(RUNNER_IMAGE)


def _tools(request: PipelineRequest) -> tuple[Path, ...]:
    """The file of samestack, which is made where it is not there; whoever has one keeps it."""
    file = request.project.directory / (request.requirements or REQUIREMENTS)
    if file.is_file():
        if not is_hashed(file.read_text(encoding="utf-8", errors="replace")):
            hint = "make it with: uv pip compile --generate-hashes"
            raise InputError(str(file), "it does not bring samestack, everything by its hash", hint=hint)
        return ()
    if request.requirements:
        raise InputError(str(file), "no such file", hint="leave it out, and it is made")
    write_file(tool_requirements(_wanted(request.project)), file)
    return (file,)


def _wanted(project: Project) -> tuple[str, ...]:
    facts = pipeline_facts(project)
    return wanted(
        project.backend,
        sources_of(project.directory / (project.file or "pyproject.toml")),
        has_recordings=bool(facts.recordings),
        has_cluster=any(one.is_cluster for one in facts.stages),
    )
