"""Findings that a capture has made already: its remarks, with what they mean and what mends them."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from samestack.check.commands import is_harmless
from samestack.check.finding import Finding, Severity
from samestack.check.subject import Subject
from samestack.model import Layer, Remark, normalized_python_name

_METADATA = (".dist-info", ".egg-info", ".egg-link", ".egg")


class Meaning(Struct, frozen=True, kw_only=True):
    """What a remark of one code amounts to."""

    severity: Severity
    consequence: str
    """What happens because of it; it is said after what was found."""
    remedy: str
    """A sentence; ``{name}`` stands for the package."""
    command: str = ""
    """Likewise, where one command mends it."""
    source: str = ""


def findings_of(rule: str, subject: Subject, meanings: Mapping[str, Meaning]) -> Iterator[Finding]:
    """A finding on each remark of these codes that is about a Python or its packages."""
    for remark in subject.snapshot.remarks:
        if remark.code in meanings and remark.layer in {Layer.PYTHON, Layer.PACKAGES}:
            yield finding_of(rule, subject, remark, meanings[remark.code])


def finding_of(rule: str, subject: Subject, remark: Remark, meaning: Meaning) -> Finding:
    """One remark as a finding."""
    name = name_of(remark)
    return Finding(
        rule=rule,
        severity=meaning.severity,
        layer=remark.layer,
        subject=name,
        at=environment_of(subject, remark),
        message=f"{remark.subject}: {remark.message}; {meaning.consequence}",
        evidence=(f"{remark.place}: {remark.code}" if remark.place else remark.code,),
        remedy=meaning.remedy.format(name=name),
        command=meaning.command.format(name=name) if is_harmless(name) else "",
        place=remark.place,
        sources=(meaning.source,) if meaning.source else (),
    )


def name_of(remark: Remark) -> str:
    """The package that a remark is about, also where its subject is ``numpy-1.2.dist-info``."""
    if not remark.subject.endswith(_METADATA):
        return remark.subject
    stem = remark.subject.rpartition(".")[0]
    return normalized_python_name(stem.partition("-")[0])


def environment_of(subject: Subject, remark: Remark) -> str:
    """Which of several Pythons a remark is about: the one that its place lies in, or whose package it is."""
    places = [one.at for one in subject.pythons if one.at]
    around = [at for at in places if f"{at}/" in f"{remark.place}/"]
    if around:
        return max(around, key=len)
    owners = [one.at for one in subject.pythons if remark.subject in one.packages]
    return owners[0] if len(owners) == 1 else ""
