"""Reports to render: a real-looking one, a hostile one, a large one, and any that there can be."""

from hypothesis import strategies as st

from samestack.check.finding import Finding, Severity
from samestack.check.own_rules import OWN_RULES
from samestack.check.report import FailOn, Imports, Report, Suppressed, gravest_first
from samestack.check.rules.binary.numpy_abi import RULE
from samestack.model import STACK_LAYERS, Layer, Origin, Standing
from tests.render.samples import HOSTILE
from tests.strategies import origins, texts

RULES = (RULE, *OWN_RULES)


def origin(reference: str = "venv:.venv", machine: str = "laptop") -> Origin:
    """A deep reading of a venv."""
    return Origin(
        reference=reference,
        kind="venv",
        standing=Standing.OBSERVED,
        captured_at="2026-11-01T00:00:00Z",
        captured_by="samestack test",
        complete=STACK_LAYERS,
        machine=machine,
        deep=True,
    )


def report(*findings: Finding, **said: object) -> Report:
    """A report with these findings, by default on its own machine."""
    own = origin()
    told = {
        "origin": own,
        "host": own,
        "digest": "sha256:00",
        "packages": 42,
        "rules": ("numpy-abi",),
        **said,
    }
    return Report(findings=gravest_first(findings), **told)  # type: ignore[arg-type]


PANDAS = Finding(
    rule="numpy-abi",
    severity=Severity.ERROR,
    layer=Layer.PACKAGES,
    subject="pandas",
    message="pandas 1.4.0: it was compiled against numpy 1 and fails with numpy 2.2.6 wherever it calls it",
    evidence=("numpy C-API of its compiled modules: 1.x: 30", "installed: numpy 2.2.6"),
    remedy="install numpy<2, or a version of pandas that was compiled for numpy 2",
    command='pip install "numpy<2"',
    sources=("https://numpy.org/doc/stable/dev/depending_on_numpy.html",),
)
NETWORK = Finding(
    rule="import-failure",
    severity=Severity.UNKNOWN,
    layer=Layer.PACKAGES,
    subject="slowpoke",
    at="opt/tools",
    message="the import of slowpoke did not come to an end in the time that it had",
    evidence=("import slowpoke: not at its end",),
    remedy="give it more time with --imports-timeout, and look what it waits for",
)
STALE = Finding(
    rule="suppression",
    severity=Severity.WARNING,
    layer=Layer.CONFIGURATION,
    subject="torch",
    message="the suppression of glibc for torch ended on 2026-01-31",
    evidence=tuple(f"line {number} of what shows it" for number in range(9)),
    remedy="mend what it suppressed, then take it out of pyproject.toml; or give it a later day",
    place="pyproject.toml",
)
NOTED = Finding(
    rule="import-failure",
    severity=Severity.NOTE,
    layer=Layer.PACKAGES,
    subject="black",
    message="blackd cannot be imported",
    evidence=("import blackd: ModuleNotFoundError: No module named 'aiohttp'",),
    remedy="nothing, unless this module is used",
)


def broken() -> Report:
    """Something of each severity, on a server, with imports, and something suppressed."""
    return report(
        STALE,
        NOTED,
        NETWORK,
        PANDAS,
        host=origin("machine:", "server"),
        suppressed=(Suppressed(finding=PANDAS, reason="pandas goes in January", until="2027-01-31"),),
        imports=Imports(packages=42, modules=57, is_offline=True),
        settings="pyproject.toml",
        fail_on=FailOn.WARNING,
    )


def hostile() -> Report:
    """Every text from an environment is an attack, and one is endless."""
    finding = Finding(
        rule="numpy-abi",
        severity=Severity.ERROR,
        layer=Layer.PACKAGES,
        subject=HOSTILE,
        at="\x1b]0;owned\x07",
        message=f"a\nb {HOSTILE} " + "x" * 5000,
        evidence=(HOSTILE, "\u202e" * 10, "| | |"),
        remedy=HOSTILE,
        command=f"pip install '{HOSTILE}'\nrm -rf ~",
        place=f"/tmp/{HOSTILE}",
        sources=("javascript:alert(1)", "https://example.org/?a=<b>|"),
    )
    return report(
        finding,
        origin=origin(HOSTILE, HOSTILE),
        suppressed=(Suppressed(finding=finding, reason=HOSTILE, until="2027-01-31"),),
        settings=HOSTILE,
    )


def large(number: int) -> Report:
    """So many findings."""
    return report(
        *(
            Finding(
                rule="numpy-abi",
                severity=list(Severity)[one % 4],
                layer=Layer.PACKAGES,
                subject=f"package-{one}",
                message=f"package-{one} 1.0: it was compiled against numpy 1",
                evidence=("installed: numpy 2.2.6",),
                remedy="install numpy<2",
            )
            for one in range(number)
        )
    )


findings = st.builds(
    Finding,
    rule=st.sampled_from([rule.id for rule in RULES]),
    severity=st.sampled_from(Severity),
    layer=st.sampled_from(Layer),
    subject=texts,
    at=texts,
    message=texts,
    evidence=st.lists(texts, max_size=8).map(tuple),
    remedy=texts,
    command=texts,
    place=texts.filter(lambda text: "\0" not in text),
    sources=st.lists(texts, max_size=2).map(tuple),
)
reports = st.builds(
    Report,
    origin=origins,
    digest=texts,
    host=origins,
    packages=st.integers(0, 500),
    rules=st.just(tuple(rule.id for rule in RULES)),
    findings=st.lists(findings, max_size=6).map(gravest_first),
    suppressed=st.lists(st.builds(Suppressed, finding=findings, reason=texts, until=texts), max_size=2).map(
        tuple
    ),
    imports=st.none() | st.builds(Imports, packages=st.integers(0, 9), modules=st.integers(0, 9)),
    settings=texts,
    fail_on=st.sampled_from(FailOn),
)
