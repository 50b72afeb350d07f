"""Who builds: the workflow of a build service, or somebody's machine."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct

from samestack.errors import RequestError

UNNAMED: Final = "https://samestack.dev/provenance/unnamed-builder"
"""Somebody's machine. It stands for no promise: whoever verifies should ask for a builder that does."""


class Builder(Struct, frozen=True, kw_only=True):
    """A builder by the address that names it, and its run."""

    identifier: str
    invocation: str = ""
    """The address of this very run; empty where nothing tells."""


def builder_of(variables: Mapping[str, str], named: str = "") -> Builder:
    """The builder that is named, or else that the variables of GitHub's and GitLab's runners tell.

    :class:`RequestError` where the named one is no address.
    """
    if named and not (urlsplit(named).scheme and named.isprintable() and " " not in named):
        raise RequestError(
            f"'{named}' names no builder", hint="an address: https://ci.example.com/builders/1"
        )
    found = _of_github(variables) or _of_gitlab(variables) or Builder(identifier=UNNAMED)
    return Builder(identifier=named, invocation=found.invocation) if named else found


def _of_github(variables: Mapping[str, str]) -> Builder | None:
    server, workflow = variables.get("GITHUB_SERVER_URL", ""), variables.get("GITHUB_WORKFLOW_REF", "")
    if not server or not workflow:
        return None
    repository, run = variables.get("GITHUB_REPOSITORY", ""), variables.get("GITHUB_RUN_ID", "")
    attempt = variables.get("GITHUB_RUN_ATTEMPT", "1")
    invocation = f"{server}/{repository}/actions/runs/{run}/attempts/{attempt}" if repository and run else ""
    return Builder(identifier=f"{server}/{workflow}", invocation=invocation)


def _of_gitlab(variables: Mapping[str, str]) -> Builder | None:
    project, runner = variables.get("CI_PROJECT_URL", ""), variables.get("CI_RUNNER_ID", "")
    if not project or not runner:
        return None
    return Builder(identifier=f"{project}/-/runners/{runner}", invocation=variables.get("CI_JOB_URL", ""))
