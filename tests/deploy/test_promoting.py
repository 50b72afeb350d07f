"""Promoting and rolling back on a fake cluster: outcomes, refusals, and every place to be interrupted at."""

import contextlib
import tempfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestack.deploy.cluster.claim import Holder, claimed
from samestack.deploy.cluster.cluster import FieldConflictError
from samestack.deploy.cluster.objects import annotation, key_of
from samestack.deploy.entry import Entry, Outcome
from samestack.deploy.history import history_path, read_history
from samestack.deploy.journal import Journal, held_journal
from samestack.deploy.promoting import promote, roll_back
from samestack.deploy.promotion import Promoted, PromoteRequest, RollbackRequest, Surroundings
from samestack.errors import InputError, OutsideError, RequestError
from samestack.outside.source_error import Reason, SourceError
from samestack.parity.report import Verdict
from samestack.parity.settings import Environment
from tests.deploy.memory_cluster import MemoryCluster
from tests.deploy.promotions import (
    BAD,
    GOOD,
    NEXT,
    STACK,
    WORKLOAD,
    holding,
    image_of,
    manifests,
    pods,
    surroundings,
    to_staging,
)


@pytest.fixture
def cluster() -> MemoryCluster:
    made = MemoryCluster()
    made.status = pods
    return made


@pytest.fixture
def around(tmp_path: Path, cluster: MemoryCluster) -> Surroundings:
    return surroundings(tmp_path, cluster)


def outcomes(project: Path, environment: str = "staging") -> list[tuple[str, str]]:
    """Outcome and image of each entry."""
    return [(str(one.outcome), one.digest) for one in read_history(project, environment).entries]


def running(cluster: MemoryCluster) -> str:
    """The image that the workload has."""
    return image_of(cluster.objects[WORKLOAD])


def entry_of(promoted: Promoted) -> Entry:
    assert promoted.entry is not None
    return promoted.entry


def test_a_promotion_is_intended_applied_and_written_down(
    around: Surroundings, cluster: MemoryCluster
) -> None:
    entry = entry_of(promote(to_staging(GOOD), around))
    assert outcomes(around.project) == [("intended", GOOD), ("applied", GOOD)]
    assert (entry.stack, entry.profile, entry.source) == (STACK, "staging", "development")
    assert running(cluster) == GOOD
    assert annotation(cluster.objects[WORKLOAD], "dev.samestack.promotion") == entry.promotion


def test_the_same_image_moves_on_by_what_the_history_says(around: Surroundings) -> None:
    promote(to_staging(GOOD), around)
    head = read_history(around.project, "staging").head
    entry = entry_of(promote(PromoteRequest(source="staging", target="production"), around))
    assert (entry.digest, entry.outcome, entry.source_chain) == (GOOD, Outcome.RENDERED, head)


def test_what_only_the_last_had_goes_when_the_next_is_up(
    around: Surroundings, cluster: MemoryCluster
) -> None:
    promote(to_staging(GOOD), around)
    promote(to_staging(NEXT), around)
    names = [key.name for key in cluster.objects if key.kind == "ConfigMap"]
    assert names == [f"agent-{'b' * 8}"]


def test_what_does_not_come_up_is_rolled_back(around: Surroundings, cluster: MemoryCluster) -> None:
    first = entry_of(promote(to_staging(GOOD), around))
    entry = entry_of(promote(to_staging(BAD), around))
    assert entry.outcome is Outcome.ROLLED_BACK
    assert entry.message == (
        "the cluster gave up: the new pods did not become ready within its progressDeadlineSeconds"
    )
    assert running(cluster) == GOOD
    assert annotation(cluster.objects[WORKLOAD], "dev.samestack.promotion") == first.promotion
    assert [key.name for key in cluster.objects if key.kind == "ConfigMap"] == [f"agent-{'a' * 8}"]
    assert read_history(around.project, "staging").current == first


def test_what_takes_too_long_is_rolled_back(around: Surroundings, cluster: MemoryCluster) -> None:
    promote(to_staging(GOOD), around)
    cluster.status = lambda one: pods(one) if image_of(one) == GOOD else {"observedGeneration": 1}
    entry = entry_of(promote(to_staging(NEXT), around))
    assert entry.outcome is Outcome.ROLLED_BACK
    assert entry.message == "not done within 60 seconds: the cluster has not seen it yet"


def test_the_first_that_does_not_come_up_has_nothing_to_go_back_to(
    around: Surroundings, cluster: MemoryCluster
) -> None:
    entry = entry_of(promote(to_staging(BAD), around))
    assert entry.outcome is Outcome.FAILED
    assert "nothing was applied before" in entry.message
    assert entry_of(promote(to_staging(GOOD), around)).outcome is Outcome.APPLIED
    assert running(cluster) == GOOD
    assert [key.name for key in cluster.objects if key.kind == "ConfigMap"] == [f"agent-{'a' * 8}"]


def test_a_field_of_another_manager_is_told_before_anything_is_changed(
    around: Surroundings, cluster: MemoryCluster
) -> None:
    promote(to_staging(GOOD), around)
    document = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "agent"}}
    cluster.apply_as("kubectl", WORKLOAD, {**document, "spec": {"replicas": 7}}, forces=True)
    with pytest.raises(FieldConflictError, match=r"\.spec\.replicas is set by 'kubectl'"):
        promote(to_staging(NEXT), around)
    last = read_history(around.project, "staging").entries[-1]
    assert (last.outcome, running(cluster)) == (Outcome.FAILED, GOOD)
    assert last.message.startswith("nothing was changed: Deployment helpdesk/agent: .spec.replicas")


def test_without_apply_nothing_reaches_the_cluster(around: Surroundings, cluster: MemoryCluster) -> None:
    promoted = promote(to_staging(GOOD, applies=False), around)
    assert outcomes(around.project) == [("intended", GOOD), ("rendered", GOOD)]
    assert promoted.manifests == manifests(around.settings.environments[1], GOOD)
    assert not cluster.objects


@pytest.mark.parametrize("standing", [Verdict.FAILS, Verdict.UNKNOWN])
def test_where_the_law_does_not_hold_nothing_is_begun(around: Surroundings, standing: Verdict) -> None:
    doubtful = msgspec.structs.replace(around, parity=holding(standing=standing))
    promoted = promote(to_staging(GOOD), doubtful)
    assert (promoted.entry, outcomes(around.project)) == (None, [])
    assert promoted.report is not None


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (PromoteRequest(source="development", target="production"), "comes after 'staging'"),
        (PromoteRequest(source="staging", target="development"), "comes after no environment"),
        (PromoteRequest(source="staging", target="prodution"), "no environment 'prodution'"),
        (PromoteRequest(source="development", target="staging"), "runs no image"),
        (to_staging("latest"), "'latest' is no digest"),
    ],
)
def test_what_is_not_in_order_is_refused(
    around: Surroundings, request_: PromoteRequest, message: str
) -> None:
    with pytest.raises(RequestError, match=message):
        promote(request_, around)
    assert outcomes(around.project) == []


def test_an_environment_that_runs_another_image_than_its_history_says_is_refused(
    around: Surroundings,
) -> None:
    promote(to_staging(GOOD), around)
    drifted = msgspec.structs.replace(around, parity=holding(NEXT))
    with pytest.raises(RequestError, match="staging runs bbbbbbbbbbbb, its history says aaaaaaaaaaaa"):
        promote(PromoteRequest(source="staging", target="production"), drifted)


def test_an_environment_whose_promotion_has_no_outcome_is_not_promoted_from(around: Surroundings) -> None:
    intent = entry_of(promote(to_staging(GOOD), around))
    with held_journal(around.project, "staging", "Ada", "now") as journal:
        journal.append(msgspec.structs.replace(intent, outcome=Outcome.INTENDED, promotion="9" * 32))
    with pytest.raises(
        RequestError, match="the promotion of aaaaaaaaaaaa to staging has no outcome"
    ) as caught:
        promote(PromoteRequest(source="staging", target="production"), around)
    assert caught.value.hint == "finish it first: samestack deploy promote development staging --apply"


def test_a_workload_of_another_name_takes_the_place_of_the_last(
    around: Surroundings, cluster: MemoryCluster
) -> None:
    promote(to_staging(GOOD), around)

    def render(environment: Environment, digest: str) -> str:
        return manifests(environment, digest).replace("name: agent\nspec", "name: helper\nspec")

    renamed = msgspec.structs.replace(around, render=render)
    entry = entry_of(promote(to_staging(BAD), renamed))
    assert entry.outcome is Outcome.ROLLED_BACK
    assert [key.name for key in cluster.objects if key.kind == "Deployment"] == ["agent"]
    promote(to_staging(NEXT), renamed)
    assert [key.name for key in cluster.objects if key.kind == "Deployment"] == ["helper"]


def test_what_is_not_wanted_leaves_nothing_behind(around: Surroundings, cluster: MemoryCluster) -> None:
    def ask(intent: Entry) -> None:
        raise RequestError(f"not {intent.digest}")

    with pytest.raises(RequestError, match=f"not {GOOD}"):
        promote(to_staging(GOOD), msgspec.structs.replace(around, ask=ask))
    assert list((around.project / "deployments").iterdir()) == []
    assert not cluster.objects


def test_two_on_one_machine(around: Surroundings) -> None:
    with (
        held_journal(around.project, "staging", "Bob <bob@example.com>", "2026-11-25T12:00:00Z"),
        pytest.raises(RequestError, match=r"by Bob <bob@example\.com>, since 2026-11-25T12:00:00Z, process"),
    ):
        promote(to_staging(GOOD), around)
    assert entry_of(promote(to_staging(GOOD), around)).outcome is Outcome.APPLIED


def test_two_on_two_machines(around: Surroundings, cluster: MemoryCluster) -> None:
    claim = claimed(cluster, "agent", Holder("7" * 32, "Bob <bob@example.com>", "elsewhere"))
    with pytest.raises(
        RequestError, match=r"agent is being deployed to by Bob .*, since 2026-11-25T00:00:00"
    ):
        promote(to_staging(GOOD), around)
    assert outcomes(around.project) == []
    claim.release()
    assert entry_of(promote(to_staging(GOOD), around)).outcome is Outcome.APPLIED


def test_what_another_machine_promoted_has_to_be_known(
    tmp_path: Path, cluster: MemoryCluster, around: Surroundings
) -> None:
    promote(to_staging(GOOD), around)
    other = surroundings(tmp_path / "elsewhere", cluster)
    with pytest.raises(RequestError, match=r"it comes from the promotion \w{32}, which .* lacks") as caught:
        promote(to_staging(NEXT), other)
    assert "git pull" in str(caught.value.hint)
    assert outcomes(other.project) == []
    assert running(cluster) == GOOD


def test_whoever_was_not_heard_of_does_not_go_on(around: Surroundings, cluster: MemoryCluster) -> None:
    """A machine that slept while another took over: its claim is gone, and it is told."""
    taken: list[bool] = []

    def step(name: str) -> None:
        if name == "after Deployment" and not taken:
            taken.append(True)
            lease = next(key for key in cluster.objects if key.kind == "Lease")
            cluster.replace(lease, cluster.objects[lease])

    cluster.step = step
    cluster.status = lambda _: {}
    with pytest.raises(OutsideError, match="another promotion has taken over"):
        promote(to_staging(GOOD), around)
    assert outcomes(around.project) == [("intended", GOOD)]


def test_a_cluster_that_falls_silent_leaves_an_intent_that_the_next_call_finishes(
    around: Surroundings, cluster: MemoryCluster
) -> None:
    is_applied: list[bool] = []

    def step(name: str) -> None:
        if name == "after Deployment":
            is_applied.append(True)
        elif is_applied:
            raise SourceError("kubernetes:helpdesk/agent", Reason.UNREACHABLE, "nobody answers")

    cluster.step = step
    with pytest.raises(SourceError, match="nobody answers"):
        promote(to_staging(GOOD), around)
    assert outcomes(around.project) == [("intended", GOOD)]
    with pytest.raises(RequestError, match="has no outcome yet") as caught:
        promote(to_staging(NEXT, applies=False), around)
    assert "--apply" in str(caught.value.hint)

    cluster.step = _nothing
    promoted = promote(to_staging(NEXT), around)
    assert promoted.finished is not None
    assert promoted.finished.outcome is Outcome.APPLIED
    assert outcomes(around.project) == [
        ("intended", GOOD),
        ("applied", GOOD),
        ("intended", NEXT),
        ("applied", NEXT),
    ]


def test_a_short_silence_is_waited_out(around: Surroundings, cluster: MemoryCluster) -> None:
    silent: list[str] = []

    def step(name: str) -> None:
        if name == "after Deployment":
            silent.append(name)
        elif name == "read Deployment" and 0 < len(silent) < 10:
            silent.append(name)
            raise SourceError("kubernetes:helpdesk/agent", Reason.UNREACHABLE, "nobody answers")

    cluster.step = step
    assert entry_of(promote(to_staging(GOOD), around)).outcome is Outcome.APPLIED
    assert len(silent) == 10


def test_back_to_what_was_there_before_and_to_a_digest(around: Surroundings, cluster: MemoryCluster) -> None:
    for digest in (GOOD, NEXT):
        promote(to_staging(digest), around)
    back = RollbackRequest(environment="staging", applies=True)
    entry = entry_of(roll_back(back, around))
    assert (entry.digest, entry.previous, entry.source, running(cluster)) == (GOOD, NEXT, "", GOOD)
    assert entry_of(roll_back(msgspec.structs.replace(back, digest="bbbb"), around)).digest == NEXT
    assert running(cluster) == NEXT
    with pytest.raises(RequestError, match="no cccc was deployed to 'staging' before"):
        roll_back(msgspec.structs.replace(back, digest="sha256:cccc"), around)


def test_nothing_to_go_back_to(around: Surroundings) -> None:
    back = RollbackRequest(environment="staging")
    with pytest.raises(RequestError, match="nothing was ever deployed"):
        roll_back(back, around)
    promote(to_staging(GOOD), around)
    with pytest.raises(RequestError, match="nothing else was deployed"):
        roll_back(back, around)


def test_manifests_that_were_altered_are_not_applied(around: Surroundings, cluster: MemoryCluster) -> None:
    for digest in (GOOD, NEXT):
        promote(to_staging(digest), around)
    for file in (around.project / "deployments/manifests").iterdir():
        file.write_text(file.read_text().replace("replicas: 2", "replicas: 9"))
    with pytest.raises(InputError, match="the file was altered"):
        roll_back(RollbackRequest(environment="staging", applies=True), around)
    assert cluster.objects[WORKLOAD]["spec"]["replicas"] == 2


class _Killed(BaseException):
    """The process is no more: nothing of it runs on, no cleaning up either."""


def _nothing(step: str) -> None:
    """Nothing happens at a step."""


def _kill_at(number: int, cluster: MemoryCluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything end at the step of this number: before and after each change of cluster and history."""
    count = 0

    def step(name: str) -> None:
        nonlocal count
        count += 1
        if count >= number:  # whatever would still be done on the way out is not done either
            raise _Killed

    def append(self: Journal, entry: Entry) -> Entry:
        step("before the entry")
        written: Entry = original(self, entry)
        step("after the entry")
        return written

    original: Any = Journal.append
    cluster.step = step
    monkeypatch.setattr(Journal, "append", append)


@pytest.mark.parametrize("digest", [NEXT, BAD])
@pytest.mark.parametrize("has_before", [True, False])
def test_wherever_it_is_killed_the_next_call_makes_all_agree(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    digest: str,
    has_before: bool,  # noqa: FBT001
) -> None:
    steps = 0
    while True:
        steps += 1
        project, cluster = tmp_path / str(steps), MemoryCluster()
        cluster.status = pods
        around = surroundings(project, cluster)
        if has_before:
            promote(to_staging(GOOD), around)
        with monkeypatch.context() as patch:
            _kill_at(steps, cluster, patch)
            try:
                promote(to_staging(digest), around)
            except _Killed:
                is_killed = True
            else:
                is_killed = False
        cluster.step = _nothing
        if not is_killed:
            break
        _check_recovery(project, around, cluster, digest)
    assert steps > 16


def _check_recovery(project: Path, around: Surroundings, cluster: MemoryCluster, digest: str) -> None:
    """The history is whole; the next promotion leaves no intent open, and history and cluster agree."""
    interrupted = read_history(project, "staging").unfinished
    promoted = promote(to_staging(GOOD), around)
    assert (promoted.finished is None) == (interrupted is None)
    if promoted.finished is not None:
        assert promoted.finished.digest == digest
        may_be = {Outcome.APPLIED} if digest != BAD else set()
        assert promoted.finished.outcome in {*may_be, Outcome.ROLLED_BACK, Outcome.FAILED}
    history = read_history(project, "staging")
    assert history.unfinished is None
    current = history.current
    assert current == promoted.entry
    assert current is not None
    assert current.outcome is Outcome.APPLIED
    assert running(cluster) == current.digest
    assert annotation(cluster.objects[WORKLOAD], "dev.samestack.promotion") == current.promotion
    left = {key.name for key in cluster.objects if key.kind == "ConfigMap"}
    assert left == {f"agent-{GOOD[7:15]}"}


@given(
    attempts=st.lists(
        st.tuples(st.sampled_from([GOOD, NEXT, BAD]), st.integers(1, 60)), min_size=1, max_size=5
    )
)
@settings(max_examples=40, deadline=None)
def test_killed_again_and_again_even_while_finishing(attempts: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as monkeypatch:
        project, cluster = Path(name), MemoryCluster()
        cluster.status = pods
        around = surroundings(project, cluster)
        for digest, number in attempts:
            with monkeypatch.context() as patch, contextlib.suppress(_Killed):
                _kill_at(number, cluster, patch)
                promote(to_staging(digest), around)
            cluster.step = _nothing
        promoted = promote(to_staging(GOOD), around)
        history = read_history(project, "staging")
        assert promoted.entry == history.current
        assert running(cluster) == GOOD
        assert (
            annotation(cluster.objects[WORKLOAD], "dev.samestack.promotion") == entry_of(promoted).promotion
        )


def test_an_interrupted_promotion_that_does_not_come_up_is_rolled_back_by_the_next(
    around: Surroundings, cluster: MemoryCluster
) -> None:
    promote(to_staging(GOOD), around)

    def step(name: str) -> None:
        if name == "after Deployment":
            raise _Killed

    cluster.step = step
    with pytest.raises(_Killed):
        promote(to_staging(BAD), around)
    cluster.step = _nothing
    assert running(cluster) == BAD
    promoted = promote(to_staging(NEXT), around)
    assert promoted.finished is not None
    assert promoted.finished.outcome is Outcome.ROLLED_BACK
    assert running(cluster) == NEXT


def test_an_environment_name_is_no_path(around: Surroundings) -> None:
    with pytest.raises(RequestError, match="cannot be the name of an environment"):
        history_path(around.project, "../staging")


def test_an_object_of_an_unknown_kind_is_not_applied() -> None:
    document = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "helpdesk"}}
    with pytest.raises(RequestError, match="Namespace: objects of this kind are not applied"):
        key_of(document, "helpdesk")
