"""The law on values: what it says of all stacks, all allowances and all orders."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from samestack.check.finding import Severity
from samestack.lock.decision import Lock
from samestack.lock.lock_table import LockTable
from samestack.model import Component, Ecosystem, Layer, Snapshot, Stack, Standing
from samestack.parity.evidence import Answering, Evidence, Replay
from samestack.parity.law import judged
from samestack.parity.settings import Allowance, Environment
from samestack.parity.stack_law import held_stacks
from tests.check.subjects import package, python, snapshot

TODAY = dt.date(2026, 11, 25)
NAMES = ("development", "staging", "production")
releases = st.dictionaries(
    st.sampled_from(["numpy", "torch", "opencv-python", "six"]), st.sampled_from(["1.0", "2.0", "3.0"])
)


def observed(packages: Mapping[str, str], *, version: str = "3.11.7", at: str = "") -> Snapshot:
    return snapshot(
        python(version, at), *(package(name, said, at=at) for name, said in packages.items()), deep=False
    )


def locked(packages: Mapping[str, str]) -> Lock:
    decided = snapshot(
        *(package(name, said) for name, said in packages.items()),
        kind="pylock.toml",
        standing=Standing.DECIDED,
        complete=(Layer.PACKAGES,),
        deep=False,
    )
    return Lock(
        path=Path("pylock.toml"), kind="pylock.toml", snapshot=decided, table=LockTable(python="3.11")
    )


def evidence(lock: Mapping[str, str] | None, *stacks: Mapping[str, str]) -> Evidence:
    """Environments with these packages, in order."""
    names = NAMES[: len(stacks)]
    return Evidence(
        environments=tuple(Environment(name=name, reference=f"venv:{name}") for name in names),
        lock=None if lock is None else locked(lock),
        snapshots={name: observed(stack) for name, stack in zip(names, stacks, strict=True)},
    )


def allowance(environment: str, difference: str, until: dt.date = TODAY) -> Allowance:
    return Allowance(environment=environment, difference=difference, reason="because", until=until)


@given(releases, st.lists(releases, min_size=1, max_size=3))
def test_it_holds_exactly_where_every_digest_is_the_locks(
    lock: dict[str, str], stacks: list[dict[str, str]]
) -> None:
    asked = evidence(lock, *stacks)
    same = all(one.packages.digest == one.locked.digest for one in held_stacks(asked).values())
    assert (judged(asked, (), TODAY).breaches == ()) is same
    assert same is all(stack == lock for stack in stacks)


@given(releases, st.lists(releases, min_size=1, max_size=3))
def test_an_environment_has_a_finding_exactly_where_it_is_not_as_locked(
    lock: dict[str, str], stacks: list[dict[str, str]]
) -> None:
    judgement = judged(evidence(lock, *stacks), (), TODAY)
    for name, stack in zip(NAMES, stacks, strict=False):
        assert bool(judgement.about(name)) is (stack != lock)


@given(st.lists(releases, min_size=2, max_size=3))
def test_without_a_lock_it_is_still_said_whether_they_are_one_stack(stacks: list[dict[str, str]]) -> None:
    rules = {one.rule for one in judged(evidence(None, *stacks), (), TODAY).findings}
    assert "stack-unlocked" in rules
    assert ("stack-differs" in rules) is any(stack != stacks[0] for stack in stacks)


@given(releases, st.lists(releases, min_size=1, max_size=3))
def test_what_is_allowed_everywhere_is_all_there_is_to_allow(
    lock: dict[str, str], stacks: list[dict[str, str]]
) -> None:
    asked = evidence(lock, *stacks)
    found = judged(asked, (), TODAY).findings
    all_allowed = judged(asked, (allowance("*", "packages/*"),), TODAY)
    assert all_allowed.findings == ()
    assert [one.finding for one in all_allowed.allowed] == list(found)


@given(releases, releases, st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31)))
def test_an_allowance_ends_after_its_last_day(
    lock: dict[str, str], stack: dict[str, str], until: dt.date
) -> None:
    asked = evidence(lock, stack)
    rules = [one.rule for one in judged(asked, (allowance("*", "*/*", until),), TODAY).findings]
    if until >= TODAY:
        assert rules == []
    else:
        assert rules.count("allowance-expired") == 1
        assert ("stack-differs" in rules) is (stack != lock)


@given(releases, st.lists(releases, min_size=3, max_size=3), st.sets(st.sampled_from(NAMES)))
def test_more_silence_never_makes_it_hold(
    lock: dict[str, str], stacks: list[dict[str, str]], silent: set[str]
) -> None:
    whole = evidence(lock, *stacks)
    asked = Evidence(
        environments=whole.environments,
        lock=whole.lock,
        snapshots={name: one for name, one in whole.snapshots.items() if name not in silent},
        silences=dict.fromkeys(silent, ("no answer within 1 seconds",)),
    )
    judgement = judged(asked, (allowance("*", "*/*"),), TODAY)
    assert [one.severity for one in judgement.findings] == [Severity.UNKNOWN] * len(silent)
    assert {one.rule for one in judgement.findings} <= {"environment-unreachable"}


def test_a_difference_that_is_allowed_in_one_of_two_environments_remains_and_says_so() -> None:
    asked = evidence({"numpy": "1.0"}, {"numpy": "2.0"}, {"numpy": "3.0"})
    judgement = judged(asked, (allowance("staging", "packages/numpy"),), TODAY)
    (finding,) = judgement.findings
    assert finding.evidence[-1] == "allowed in staging until 2026-11-25: because"
    assert judgement.allowed == ()


def test_a_needless_allowance_that_is_over_is_only_noted() -> None:
    over = allowance("staging", "packages/numpy", dt.date(2026, 1, 1))
    (finding,) = judged(evidence({}, {}), (over,), TODAY).findings
    assert (finding.rule, finding.severity) == ("allowance-expired", Severity.NOTE)


def test_of_several_pythons_the_one_with_the_locked_packages_is_held() -> None:
    several = snapshot(
        python("3.11.7", "opt/venv"),
        python("3.9.2", "usr"),
        package("numpy", "1.0", at="opt/venv"),
        package("numpy", "0.9", at="usr"),
        package("torch", "2.0", at="opt/venv"),
        kind="rootfs",
        deep=False,
    )
    asked = evidence({"numpy": "1.0", "torch": "2.0"}, {})
    whole = Evidence(environments=asked.environments, lock=asked.lock, snapshots={"development": several})
    assert judged(whole, (), TODAY).findings == ()


def test_the_same_release_from_another_ecosystem_is_told_apart() -> None:
    conda = Component(
        layer=Layer.PACKAGES, ecosystem=Ecosystem.CONDA, name="numpy", version="1.0", build="py311_0"
    )
    asked = evidence({"numpy": "1.0"}, {})
    other = Evidence(
        environments=asked.environments,
        lock=asked.lock,
        snapshots={"development": snapshot(python("3.11.7"), conda, kind="conda", deep=False)},
    )
    (finding,) = judged(other, (), TODAY).findings
    assert finding.message == "numpy is 1.0 py311_0 conda in development; the lock says 1.0 pypi"


def test_another_distribution_below_is_one_difference() -> None:
    def system(name: str, version: str) -> Snapshot:
        release = Component(layer=Layer.OS, ecosystem=Ecosystem.GENERIC, name=name, version=version)
        return snapshot(python("3.11.7"), release, kind="rootfs", deep=False)

    asked = evidence({}, {}, {})
    other = Evidence(
        environments=asked.environments,
        lock=asked.lock,
        snapshots={"development": system("debian", "12"), "staging": system("ubuntu", "22.04")},
    )
    (finding,) = judged(other, (), TODAY).findings
    assert finding.message == "distribution is debian 12 in development, ubuntu 22.04 in staging"


def test_answers_that_differ_are_found_and_those_that_could_not_be_asked_are_unknown() -> None:
    replays = tuple(
        Replay(environment="development", recording=f"{one}.recording", answering=one, message=f"{one}")
        for one in Answering
    )
    asked = evidence({}, {})
    whole = Evidence(
        environments=asked.environments, lock=asked.lock, snapshots=asked.snapshots, replays=replays
    )
    found = judged(whole, (), TODAY).findings
    assert [(one.subject, one.severity) for one in found] == [
        ("differs.recording", Severity.ERROR),
        ("unknown.recording", Severity.UNKNOWN),
        ("elsewhere.recording", Severity.NOTE),
    ]


def test_an_image_that_only_tells_its_packages_is_held_against_the_lock_for_linux() -> None:
    told = snapshot(
        package("numpy", "1.0"),
        kind="registry",
        standing=Standing.DECIDED,
        complete=(Layer.PACKAGES,),
        deep=False,
    )
    lock = locked({"numpy": "1.0"})
    windows = Component(
        layer=Layer.PACKAGES,
        ecosystem=Ecosystem.PYPI,
        name="colorama",
        version="0.4",
        marker="sys_platform == 'win32'",
    )
    more = structs.replace(lock.snapshot, stack=Stack.of((*lock.snapshot.stack, windows)))
    asked = Evidence(
        environments=(Environment(name="production", reference="registry:somewhere/helpdesk"),),
        lock=structs.replace(lock, snapshot=more),
        snapshots={"production": told},
    )
    assert judged(asked, (), TODAY).findings == ()


def test_a_lock_that_decides_debian_packages_is_what_a_system_is_held_against() -> None:
    def debian(version: str) -> Component:
        return Component(
            layer=Layer.SYSTEM,
            ecosystem=Ecosystem.DEBIAN,
            name="libssl3",
            version=version,
            facts={"architecture": "amd64"},
        )

    row = {
        "name": "libssl3",
        "version": "3.0.15-1",
        "architecture": "amd64",
        "file": "pool/main/o/openssl/libssl3.deb",
        "size": 1,
        "sha256": "0" * 64,
    }
    lock = locked({})
    table = structs.replace(lock.table, image={"debian": {"suite": "bookworm", "packages": {"amd64": [row]}}})
    asked = Evidence(
        environments=(Environment(name="production", reference="oci:image"),),
        lock=structs.replace(lock, table=table),
        snapshots={"production": snapshot(python("3.11.7"), debian("3.0.11-1"), kind="oci", deep=False)},
    )
    (finding,) = judged(asked, (), TODAY).findings
    assert finding.message == "libssl3 is 3.0.11-1 in production; the lock says 3.0.15-1"
    assert (finding.layer, finding.at) == (Layer.SYSTEM, "production")
