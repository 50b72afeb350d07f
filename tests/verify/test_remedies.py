"""What findings advise, as constraints: the widest first, and nothing that is none."""

import pytest

from samestack.check.finding import Finding, Severity
from samestack.model import Layer
from samestack.verify.remedies import remedies_of, row_of


def finding(rule: str, subject: str, *, command: str = "", evidence: tuple[str, ...] = ()) -> Finding:
    return Finding(
        rule=rule,
        severity=Severity.ERROR,
        layer=Layer.PACKAGES,
        subject=subject,
        message="it fails",
        evidence=evidence,
        command=command,
    )


def of_row(subject: str, row: str) -> Finding:
    return finding("known-break", subject, evidence=("seen", f"known to break: something (row {row})"))


@pytest.mark.parametrize(
    ("command", "remedies"),
    [
        ('pip install "numpy<2"', (("numpy<2",),)),
        ('pip install "numpy<2" "pandas>=1.5"', (("numpy<2", "pandas>=1.5"),)),
        ("", ()),
        ("apt-get install libgl1", ()),
        ("pip install numpy", ()),
        ('pip install "numpy @ https://example.org/numpy.whl"', ()),
        ("pip install --upgrade 'numpy<2'", ()),
        ("pip install 'numpy", ()),
    ],
)
def test_the_command_of_a_finding_is_its_remedy(command: str, remedies: tuple[tuple[str, ...], ...]) -> None:
    assert remedies_of(finding("numpy-abi", "pandas", command=command)) == remedies


def test_what_a_row_says_of_versions_is_tried_before_what_it_advises() -> None:
    found = of_row("tensorflow", "tensorflow-protobuf")
    assert remedies_of(found) == (("protobuf<4.21",), ("protobuf<3.20",))
    assert row_of(found) == "tensorflow-protobuf"


def test_alternatives_of_a_row_stay_apart_and_what_is_needed_together_stays_together() -> None:
    assert remedies_of(of_row("flask", "flask-jinja2")) == (("jinja2<3.1",), ("flask>=2.3",))
    assert ("pydantic<2", "fastapi<0.100") in remedies_of(of_row("chromadb", "chromadb-pydantic"))


def test_a_finding_of_no_row_has_none_of_a_row() -> None:
    assert row_of(finding("known-break", "tensorflow")) == ""
    assert row_of(finding("numpy-abi", "tensorflow", evidence=("(row tensorflow-protobuf)",))) == ""
