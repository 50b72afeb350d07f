"""The baseline: what is known is left alone while it has a reason, and nobody learns a secret from it."""

from pathlib import Path

import pytest

from samestack.check.report import FailOn
from samestack.config.scanning.baseline import (
    Baseline,
    baseline_bytes,
    fingerprint,
    read_baseline,
    with_added,
)
from samestack.config.scanning.detecting import Detector
from samestack.config.scanning.reporting import Scanned, path_from, scan_report
from samestack.config.scanning.scan import Scan, scanned
from samestack.config.scanning.text import Text
from samestack.errors import InputError
from tests.config.scanning.made_up import GITHUB


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / ".samestack-secrets.toml"


def scan_of(file: Path, content: str = f'x = "{GITHUB}"\n', name: str = "main.py") -> Scan:
    return scanned([Text(path=str(file.parent / name), content=content)], Detector({}))


def report(scan: Scan, file: Path) -> Scanned:
    baseline = read_baseline(file)
    return scan_report(scan, reference=".", baseline=baseline, file=file, fail_on=FailOn.ERROR)


def write(file: Path, scan: Scan, **replaced: str) -> None:
    written = with_added(read_baseline(file), scan.sightings, lambda one: path_from(file.parent, one))
    text = baseline_bytes(written).decode()
    for key, value in replaced.items():
        text = text.replace(
            'reason = ""', f'{key} = "{value}"' if key == "reason" else f'reason = "r"\n{key} = {value}'
        )
    file.write_text(text)


def test_without_a_reason_nothing_is_left_alone(file: Path) -> None:
    scan = scan_of(file)
    write(file, scan)
    (finding,) = report(scan, file).report.findings
    assert finding.evidence == (".samestack-secrets.toml has it without a reason: write one there",)


def test_with_a_reason_it_is_wherever_it_moves(file: Path) -> None:
    write(file, scan_of(file), reason="it opens nothing")
    moved = report(scan_of(file, f'import os\n\nkey = "{GITHUB}"'), file).report
    assert moved.has_passed
    assert [one.reason for one in moved.suppressed] == ["it opens nothing"]
    assert not report(scan_of(file, name="other.py"), file).report.has_passed
    assert not report(scan_of(file, f'x = "{GITHUB[:-1]}Z"'), file).report.has_passed


def test_a_day_that_is_over(file: Path) -> None:
    write(file, scan_of(file), until="2020-01-31")
    (finding,) = report(scan_of(file), file).report.findings
    assert finding.evidence == (".samestack-secrets.toml left it alone until 2020-01-31",)
    file.write_text(file.read_text().replace("2020-01-31", "2999-01-31"))
    assert report(scan_of(file), file).report.has_passed


def test_writing_again_keeps_what_stands_there(file: Path) -> None:
    write(file, scan_of(file), reason="it opens nothing")
    first = file.read_bytes()
    write(file, scan_of(file))
    assert file.read_bytes() == first
    write(file, scan_of(file, name="another.py"))
    assert [one.path for one in read_baseline(file).accepted] == ["another.py", "main.py"]
    assert GITHUB.encode() not in file.read_bytes()


def test_a_fingerprint_is_of_one_file_alone() -> None:
    assert fingerprint(GITHUB, "00" * 16) != fingerprint(GITHUB, "01" * 16)
    assert with_added(Baseline(), (), str).salt != with_added(Baseline(), (), str).salt


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("salt = 1", "Expected `str`"),
        ("accepted = []", "it has no salt"),
        (f'salt = "{"00" * 16}"\n[[accepted]]\npath = "a"', "missing required field `fingerprint`"),
        (f'salt = "{"00" * 16}"\n[[accepted]]\npath = "a"\nfingerprint = "b"\nuntil = "soon"', "no such day"),
        (
            f'salt = "{"00" * 16}"\n[[accepted]]\npath = "a"\nfingerprint = "b"\nreasons = "c"',
            "unknown field",
        ),
    ],
)
def test_what_is_malformed_is_said(file: Path, text: str, said: str) -> None:
    file.write_text(text)
    with pytest.raises(InputError, match=said):
        read_baseline(file)
