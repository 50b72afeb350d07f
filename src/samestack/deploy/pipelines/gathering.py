"""What a project's files say that its pipeline has to know."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from samestack.config.age.places import age_file_of
from samestack.config.scanning.places.git_commands import repository_of, said_by_git
from samestack.config.settings import ConfigSettings, config_settings
from samestack.deploy.pipelines.facts import REQUIREMENTS, PipelineFacts, Stage
from samestack.deploy.settings import deploy_settings
from samestack.errors import InputError, OutsideError, RequestError
from samestack.lock.reading import find_lock
from samestack.lock.table_text import table_of
from samestack.parity.settings import Environment, environments_of, ordered
from samestack.project.manifest import Project

_PLAIN: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./:-]{0,254}", re.ASCII)
_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,62}", re.ASCII)
"""What GitHub takes for the name of a job."""
_CLUSTER: Final = "kubernetes:"
_BRANCH: Final = "main"
_REMOTE: Final = "refs/remotes/origin/"


def pipeline_facts(
    project: Project, *, requirements: str = REQUIREMENTS, runner_image: str = ""
) -> PipelineFacts:
    """The facts.

    :class:`~samestack.errors.InputError` where the project is in no repository, and for a name that shell or
    YAML would read as more than a name; :class:`~samestack.errors.RequestError` where there is no lock.
    """
    lock = find_lock(project)
    if lock is None:
        hint = "decide one: samestack lock"
        raise RequestError(f"{project.directory} has no lock, and a pipeline begins with it", hint=hint)
    root = repository_of(project.directory)
    file = project.directory / (project.file or "pyproject.toml")
    environments = ordered(environments_of(file))
    host = table_of(lock).host
    facts = PipelineFacts(
        directory=_below(project.directory, root),
        branch=_branch(root),
        requirements=requirements,
        lock=lock.name,
        image=deploy_settings(file).image,
        stages=tuple(_stages(environments, config_settings(file), project.directory)),
        recordings=tuple(dict.fromkeys(name for one in environments for name in one.recordings)),
        needs_gpu=any((host.driver, host.cuda, project.manifest.host.driver, project.manifest.host.cuda)),
        runner_image=runner_image,
    )
    _check_is_plain(facts, str(file))
    return facts


def sources_of(file: Path) -> Iterator[str]:
    """The sources of all profiles, ``KIND:LOCATOR``."""
    settings = config_settings(file)
    for sources in (settings.sources, *(one.sources for one in settings.profiles.values())):
        yield from (one.source for one in sources)


def _below(directory: Path, root: Path) -> str:
    path = directory.resolve().relative_to(root.resolve())
    return "" if path == Path() else path.as_posix()


def _branch(root: Path) -> str:
    """The one that the remote repository calls its own, else the one that is checked out, else ``main``."""
    for asked in (("symbolic-ref", f"{_REMOTE}HEAD"), ("symbolic-ref", "HEAD")):
        try:
            said = said_by_git(root, *asked).strip()
        except OutsideError:
            continue
        return said.removeprefix(_REMOTE).removeprefix("refs/heads/") or _BRANCH
    return _BRANCH


def _stages(
    environments: Collection[Environment], settings: ConfigSettings, directory: Path
) -> Iterator[Stage]:
    for one in environments:
        yield Stage(
            name=one.name,
            profile=one.profile,
            after=one.after,
            is_cluster=one.reference.startswith(_CLUSTER),
            has_age_file=age_file_of(directory, settings, one.profile) is not None,
        )


def _check_is_plain(facts: PipelineFacts, file: str) -> None:
    paths = {
        "the project's directory": facts.directory,
        "the branch": facts.branch,
        "the file of samestack": facts.requirements,
        "the image": facts.image,
        **{f"the recording '{one}'": one for one in facts.recordings},
    }
    names = {f"the environment '{one.name}'": one.name for one in facts.stages}
    names |= {f"the profile of '{one.name}'": one.profile for one in facts.stages}
    for what, text in paths.items():
        if text and (not _PLAIN.fullmatch(text) or ".." in text):
            raise InputError(file, f"{what} cannot stand in a pipeline", hint="letters, digits and . _ - / :")
    for what, text in names.items():
        if text and not _NAME.fullmatch(text):
            raise InputError(file, f"{what} cannot stand in a pipeline", hint="letters, digits, _ and -")
