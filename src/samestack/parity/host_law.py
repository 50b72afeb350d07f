"""Every host satisfies the stack: driver and C library by the lock, the rest by the rules of a check."""

from collections.abc import Iterable, Iterator
from typing import Final

from samestack.check.finding import Finding, Severity
from samestack.check.rule import Rule
from samestack.check.subject import Subject
from samestack.compare.versions import order_of
from samestack.model import Component, Layer, Snapshot, Standing
from samestack.parity.breach import Breach, breach
from samestack.parity.evidence import Evidence
from samestack.parity.rules import HOST_UNSATISFIED
from samestack.project.manifest import HostNeeds

HOST_RULES: Final = ("cuda-driver", "glibc", "gpu-architecture", "cpu-instructions", "wheel-tags")
"""The rules of a check that hold an environment against its host."""
_DRIVER: Final = "cuda-driver"
_GLIBC: Final = "glibc"


def host_breaches(evidence: Evidence, rules: Iterable[Rule]) -> Iterator[Breach]:
    """What the host of each environment does not offer; ``rules`` are those of :data:`HOST_RULES`."""
    needs = evidence.lock.table.host if evidence.lock else HostNeeds()
    asked = tuple(rules)
    for one in evidence.environments:
        snapshot = evidence.snapshots.get(one.name)
        if snapshot is None or one.name in evidence.silences:
            continue
        host = evidence.hosts.get(one.name) or _own_host(snapshot)
        shown = one.host or f"the host of {one.name}"
        for finding in _findings(Subject(snapshot, host), needs, asked, shown):
            yield breach(finding, (one.name,), f"host/{_rule_of(finding)}")
        if host is None and (needs.driver or needs.cuda):
            yield breach(_unsaid(one.name, needs), (one.name,), f"host/{_DRIVER}")


def unmet_needs(needs: HostNeeds, subject: Subject) -> Iterator[Finding]:
    """What a lock needs and the host is known not to offer; a host without a driver runs on the CPU."""
    library = subject.system_component(Layer.OS, _GLIBC)
    if library is not None and _is_below(library.version, needs.glibc):
        told = f"the lock needs glibc {needs.glibc}, and the system has {library.version}"
        yield _needed(Layer.OS, _GLIBC, told, "use a newer system or image, or lock older releases")
    driver = next(iter(subject.host_components(Layer.DRIVER, "nvidia-driver")), None)
    if driver is not None and (told := _driver(needs, driver)):
        remedy = "install a newer NVIDIA driver on the host, or lock for the one that is there"
        yield _needed(Layer.DRIVER, _DRIVER, told, remedy)


def _own_host(snapshot: Snapshot) -> Snapshot | None:
    """The machine that it was read on; an image tells of none."""
    is_told = snapshot.origin.standing is Standing.OBSERVED and len(snapshot.host) > 0
    return snapshot if is_told else None


def _findings(subject: Subject, needs: HostNeeds, rules: Iterable[Rule], shown: str) -> Iterator[Finding]:
    """Those of the lock's needs, then those of rules that tell something else."""
    unmet = tuple(unmet_needs(needs, subject))
    told = {one.subject for one in unmet}
    yield from (_on_host(one, shown) for one in unmet)
    for rule in rules:
        if rule.id not in told:
            for finding in rule.examine(subject):
                if finding.severity is Severity.ERROR:
                    yield _on_host(_of_check(finding), shown)


def _driver(needs: HostNeeds, driver: Component) -> str:
    if _is_below(driver.version, needs.driver):
        return f"the lock needs the NVIDIA driver {needs.driver}, and the host has {driver.version}"
    highest = str(driver.facts.get("highest_cuda", ""))
    if _is_below(highest, needs.cuda):
        return f"the lock needs a driver for CUDA {needs.cuda}, and the host's is for {highest}"
    return ""


def _is_below(version: str | None, needed: str) -> bool:
    """What cannot be compared is not held against anybody."""
    return bool(version and needed) and order_of(version or "", needed) == -1


def _needed(layer: Layer, subject: str, message: str, remedy: str) -> Finding:
    return Finding(
        rule=HOST_UNSATISFIED,
        severity=Severity.ERROR,
        layer=layer,
        subject=subject,
        message=message,
        remedy=remedy,
    )


def _of_check(finding: Finding) -> Finding:
    """A check's finding as one of parity: its own rule is named in the evidence."""
    return Finding(
        rule=HOST_UNSATISFIED,
        severity=finding.severity,
        layer=finding.layer,
        subject=finding.subject,
        message=finding.message,
        evidence=(*finding.evidence, f"rule: {finding.rule}"),
        remedy=finding.remedy,
        sources=finding.sources,
    )


def _rule_of(finding: Finding) -> str:
    said = next((one for one in finding.evidence if one.startswith("rule: ")), "")
    return said.removeprefix("rule: ") or finding.subject


def _on_host(finding: Finding, shown: str) -> Finding:
    return Finding(
        rule=finding.rule,
        severity=finding.severity,
        layer=finding.layer,
        subject=finding.subject,
        message=finding.message,
        evidence=(f"host: {shown}", *finding.evidence),
        remedy=finding.remedy,
        sources=finding.sources,
    )


def _unsaid(environment: str, needs: HostNeeds) -> Finding:
    needed = f"the NVIDIA driver {needs.driver}" if needs.driver else f"a driver for CUDA {needs.cuda}"
    return Finding(
        rule=HOST_UNSATISFIED,
        severity=Severity.NOTE,
        layer=Layer.DRIVER,
        subject=_DRIVER,
        message=f"the lock needs {needed}, and nothing says what the host of {environment} has",
        remedy='run samestack capture machine: -o host.json there, and name it: host = "host.json"',
    )
