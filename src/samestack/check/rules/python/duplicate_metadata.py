"""Rule ``duplicate-metadata``: one package that is described twice, in different versions."""

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from samestack.check.finding import Finding, Severity
from samestack.check.remarked import Meaning, environment_of, finding_of, findings_of
from samestack.check.rule import Rule
from samestack.check.subject import Subject
from samestack.model import Ecosystem, Layer, Remark

_DOUBLED: Final = Meaning(
    severity=Severity.WARNING,
    consequence="programs that ask for its version are told any of them",
    remedy="delete the metadata directories of {name} that are not of its files, then install it anew",
    command="pip install --force-reinstall --no-deps {name}",
)
_MEANINGS: Final = {
    "shadowed": Meaning(
        severity=Severity.NOTE,
        consequence="the first one is imported",
        remedy="uninstall {name} where it is not wanted, so that it does not come to light unexpectedly",
    ),
    "duplicate-record": Meaning(
        severity=Severity.WARNING,
        consequence="conda may take any of them for what is installed",
        remedy="install {name} anew",
        command="conda install --force-reinstall {name}",
    ),
    "replaced-by-pip": Meaning(
        severity=Severity.NOTE,
        consequence="its next update may mix the files of both",
        remedy="install {name} with conda alone, or leave it out of conda's packages",
    ),
}


def examine(subject: Subject) -> Iterator[Finding]:
    """Tell of remarks ``duplicate-distribution`` and ``shadowed``, and of conda's doubled records."""
    for remark in subject.remarks("duplicate-distribution"):
        yield finding_of(RULE.id, subject, remark, _of_duplicate(subject, remark))
    yield from findings_of(RULE.id, subject, _MEANINGS)


def _of_duplicate(subject: Subject, remark: Remark) -> Meaning:
    """Two directories that say the same mislead nobody."""
    at = environment_of(subject, remark)
    versions = {
        component.version
        for environment in subject.pythons
        if environment.at == at
        for component in environment.packages.get(remark.subject, ())
        if component.ecosystem is Ecosystem.PYPI
    }
    if len(versions) != 1:
        return _DOUBLED
    return replace(_DOUBLED, severity=Severity.NOTE, consequence="both say the same")


RULE = Rule(
    id="duplicate-metadata",
    summary="A package is described twice, so that its version depends on who looks.",
    layer=Layer.PACKAGES,
    severity=Severity.WARNING,
    examine=examine,
)
