"""What was found wrong with an environment, as failures that the search can tell apart and learn from."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Final

from samestack.check.finding import Finding
from samestack.check.imports.run import Outcome
from samestack.check.own_rules import IMPORT_FAILURE
from samestack.check.python_environment import PythonEnvironment
from samestack.check.rules.accelerator import cuda_driver, gpu_architecture
from samestack.check.rules.binary import cpu_instructions, glibc, missing_library
from samestack.verify.examination import Examined
from samestack.verify.remedies import remedies_of, row_of
from samestack.verify.search.world import Failure

_IMPORT: Final = "import "
_INSTALL: Final = "pip install"
_OF_HOST: Final = frozenset(rule.RULE.id for rule in (cpu_instructions, cuda_driver, glibc, gpu_architecture))
_WORD = re.compile(r"[\w.-]+")
_FILE = re.compile(r" \([^()]*-packages/[^()]*\)")
"""Python says after some errors in which file a module is."""
_VERSION = re.compile(r"\d+(?:\.\d+)+\S*")


def failures_of(examined: Examined, names: Mapping[str, str]) -> tuple[Failure, ...]:
    """The failures of packages; ``names`` has what the lock calls each package of the environment.

    What is wrong with anything else is not a matter of releases. What the host lacks counts where an import
    failed for it: on another host it may be there.
    """
    return tuple(
        Failure(
            package=names[one.subject],
            cause=_cause(one),
            words=words_of(one, examined.environment),
            remedies=remedies_of(one),
            suspects=tuple(names[name] for name in _suspects(one.subject, examined) if name in names),
            is_of_host=_is_of_host(one),
        )
        for one in examined.errors
        if one.subject in names and (_seen(one) or not _is_of_host(one))
    )


def words_of(finding: Finding, environment: PythonEnvironment) -> str:
    """What happens, in a line: the message of the rule that foresaw it, or the exception."""
    seen = _seen(finding)
    if finding.rule != IMPORT_FAILURE.id or not seen:
        return finding.message
    package = environment.package(finding.subject)
    label = finding.subject if package is None else package.label
    said = seen.partition(": ")[2] or seen
    return f"{label} cannot be imported: {_FILE.sub('', said)}"


def _is_of_host(finding: Finding) -> bool:
    """Whether the machine lacks something; of libraries, one that its own packages bring."""
    if finding.rule == missing_library.RULE.id:
        return bool(finding.command) and _INSTALL not in finding.command
    return finding.rule in _OF_HOST


def _seen(finding: Finding) -> str:
    """The line of evidence that tells of an import."""
    return next((line for line in finding.evidence if line.startswith(_IMPORT)), "")


def _cause(finding: Finding) -> str:
    """The rule and its row, or the exception, without the versions that make it look like another one."""
    seen = _seen(finding) if finding.rule == IMPORT_FAILURE.id else ""
    return " ".join(filter(None, (finding.rule, row_of(finding), _VERSION.sub("*", seen))))


def _suspects(package: str, examined: Examined) -> Iterator[str]:
    """What the exceptions passed through, the deepest first, then what their words name."""
    owners = _owners(examined.environment)
    failed = [one for one in examined.outcomes if one.package == package and one.outcome != "imported"]
    found = (name for one in failed for name in _pointed_at(one, owners))
    yield from dict.fromkeys(name for name in found if name != package)


def _pointed_at(outcome: Outcome, owners: Mapping[str, str]) -> Iterator[str]:
    tops = (_top(file) for file in reversed(outcome.files))
    words = (word for link in reversed(outcome.errors) for word in (link.missing, *_WORD.findall(link.line)))
    for module in (*tops, *(word.partition(".")[0] for word in words)):
        if module in owners:
            yield owners[module]


def _top(file: str) -> str:
    """The top-level module that a file of a site directory belongs to."""
    _, packages, inside = file.rpartition("-packages/")
    return posixpath.normpath(inside).split("/")[0].partition(".")[0] if packages else ""


def _owners(environment: PythonEnvironment) -> dict[str, str]:
    """Packages by the modules that they bring."""
    owners: dict[str, str] = {}
    for name, component in environment.each():
        modules = component.facts.get("modules", ())
        owners |= {module.partition(".")[0]: name for module in modules} if isinstance(modules, tuple) else {}
    return owners
