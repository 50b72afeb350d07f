"""Verifications as they are shown and written, held against what a person has looked at."""

import json
from datetime import date
from pathlib import Path

import jsonschema
import msgspec
import pytest
from msgspec import structs

from samestack.check.finding import Finding, Severity
from samestack.codec import encode
from samestack.lock.decision import Decision
from samestack.lock.lock_table import LockTable
from samestack.model import Layer
from samestack.project.manifest import Constraint
from samestack.render.verification.verification_json import VerificationDocument, verification_document
from samestack.render.verification.verification_text import print_verification, verification_text
from samestack.verify.verification import Trial, Verdict, Verification
from tests.render.golden_text import assert_golden, drawn

DECISION = Decision(path=Path("pylock.toml"), data=b"", table=LockTable())
WHOLE = Verification(
    decision=DECISION,
    is_whole=True,
    trials=(Trial(number=1, verdict=Verdict.GOOD, why="as it is decided", packages=44),),
    platform="linux-64",
    python="3.8.18",
)
MENDED = Verification(
    decision=DECISION,
    is_whole=True,
    constraints=(
        Constraint(
            requirement="beta<4",
            reason="with beta 6.0, alpha 1.0 cannot be imported: ImportError: cannot import name 'old'",
        ),
    ),
    trials=(
        Trial(
            number=1,
            verdict=Verdict.BAD,
            why="as it is decided",
            packages=44,
            failing=("alpha", "delta", "epsilon", "eta", "zeta"),
        ),
        Trial(
            number=2,
            verdict=Verdict.GOOD,
            why="as of 2022-02-02",
            as_of=date(2022, 2, 2),
            packages=42,
            changed=31,
        ),
        Trial(
            number=3,
            verdict=Verdict.UNRESOLVED,
            why="with beta<=5.0",
            constraints=("beta<=5.0",),
            packages=44,
            changed=1,
            trouble="pylock.toml: Failed to build beta 5.0",
        ),
        Trial(
            number=4,
            verdict=Verdict.GOOD,
            why="with beta<4",
            constraints=("beta<4",),
            packages=44,
            changed=1,
        ),
    ),
    findings=(
        Finding(
            rule="import-failure",
            severity=Severity.ERROR,
            layer=Layer.PACKAGES,
            subject="gamma",
            message="gamma cannot be imported, and no other rule foresaw it",
            evidence=("import gamma: OSError: libnowhere.so: cannot open shared object file",),
            remedy="run it alone to see the whole traceback: python -c 'import gamma'",
        ),
    ),
    notes=("the search ended after 4 builds: fewer or wider constraints may do as well",),
    platform="linux-64",
    python="3.8.18",
)


@pytest.mark.parametrize(
    ("name", "verification"),
    [
        ("verification-whole", WHOLE),
        ("verification-mended", MENDED),
        ("verification-broken", structs.replace(MENDED, is_whole=False)),
    ],
)
def test_a_page_is_as_it_was_approved(name: str, verification: Verification) -> None:
    assert_golden(f"{name}.txt", verification_text(verification, width=80))


def test_printed_it_is_the_same_page_and_coloured_on_a_terminal_alone() -> None:
    def printed(*, is_terminal: bool) -> str:
        return drawn(lambda console: print_verification(MENDED, console), is_terminal=is_terminal)

    assert printed(is_terminal=False) == verification_text(MENDED, width=80)
    assert "\x1b[" in printed(is_terminal=True)


@pytest.mark.parametrize("verification", [WHOLE, MENDED])
def test_what_is_written_is_valid_by_its_schema(verification: Verification) -> None:
    document = json.loads(encode(verification_document(verification)))
    jsonschema.Draft202012Validator(msgspec.json.schema(VerificationDocument)).validate(document)
    assert document["builds"] == len(document["trials"])
    assert [one["requirement"] for one in document["constraints"]] == [
        one.requirement for one in verification.constraints
    ]


def test_nothing_of_a_page_is_taken_for_a_control_sequence() -> None:
    hostile = structs.replace(MENDED, notes=("\x1b[2Jgone",))
    assert "\x1b" not in verification_text(hostile, width=80)
