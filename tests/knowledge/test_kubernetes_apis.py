"""The table of Kubernetes' APIs: no release is left without a version of a kind, and the best is first."""

import pytest

from samestack.knowledge.kubernetes_apis import ServedApi, kubernetes_apis

KINDS = sorted({row.kind for row in kubernetes_apis().rows})


def minor(release: str) -> int:
    one, _, said = release.partition(".")
    assert one == "1"
    return int(said)


@pytest.mark.parametrize("kind", KINDS)
def test_from_the_first_release_that_serves_a_kind_on_all_do(kind: str) -> None:
    rows = kubernetes_apis().of(kind)
    first = min(minor(row.since) for row in rows)
    assert all(any(row.is_served_by(release) for row in rows) for release in range(first, 100))
    assert not any(row.is_served_by(first - 1) for row in rows)


@pytest.mark.parametrize("kind", KINDS)
def test_the_newest_comes_first(kind: str) -> None:
    rows = kubernetes_apis().of(kind)
    assert list(rows) == sorted(rows, key=lambda row: minor(row.since), reverse=True)


def test_a_release_that_ends_an_api_does_not_serve_it() -> None:
    row = ServedApi(kind="CronJob", api="batch/v1beta1", since="1.8", until="1.25")
    assert [row.is_served_by(one) for one in (7, 8, 24, 25)] == [False, True, True, False]


def test_it_is_dated_and_has_its_sources() -> None:
    assert kubernetes_apis().dated.year >= 2026
    assert all(source.startswith("https://kubernetes.io/") for source in kubernetes_apis().sources)
