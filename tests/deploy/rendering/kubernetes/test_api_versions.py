"""The version of an API follows from the versions of Kubernetes that are allowed."""

import pytest

from samestack.deploy.rendering.kubernetes.api_versions import ApiVersions
from samestack.errors import RequestError

AUTOSCALER = "HorizontalPodAutoscaler"
BUDGET = "PodDisruptionBudget"


@pytest.mark.parametrize(
    ("versions", "autoscaler", "budget"),
    [
        (">=1.25", "autoscaling/v2", "policy/v1"),
        (">=1.23,<1.30", "autoscaling/v2", "policy/v1"),
        (">=1.21,<1.26", "autoscaling/v2beta2", "policy/v1"),
        (">=1.19,<1.25", "autoscaling/v2beta2", "policy/v1beta1"),
        ("==1.20", "autoscaling/v2beta2", "policy/v1beta1"),
        (">1.19,<=1.24", "autoscaling/v2beta2", "policy/v1beta1"),
        (">=1.19", "autoscaling/v2beta2", "policy/v1beta1"),
    ],
)
def test_all_releases_of_the_range_serve_it(versions: str, autoscaler: str, budget: str) -> None:
    apis = ApiVersions(versions)
    assert (apis.of(AUTOSCALER), apis.of(BUDGET)) == (autoscaler, budget)


def test_an_open_range_tells_what_will_be_gone() -> None:
    scaling, budget = ApiVersions(">=1.19").notes(iter([AUTOSCALER, BUDGET, "Deployment"]))
    assert scaling.startswith(
        "autoscaling/v2beta2 of HorizontalPodAutoscaler is gone from Kubernetes 1.26 on"
    )
    assert budget == (
        "policy/v1beta1 of PodDisruptionBudget is gone from Kubernetes 1.25 on, which '>=1.19' allows"
    )
    assert not list(ApiVersions(">=1.19,<1.25").notes(iter([AUTOSCALER, BUDGET])))


def test_a_range_that_nothing_serves_throughout_is_refused_with_where_it_parts() -> None:
    with pytest.raises(RequestError) as caught:
        ApiVersions(">=1.19,<1.34").of(BUDGET)
    assert "served by all of Kubernetes >=1.19,<1.34" in caught.value.message
    assert "policy/v1 from 1.21 on, policy/v1beta1 from 1.5 to before 1.25" in str(caught.value.hint)


@pytest.mark.parametrize("versions", [">=1.18", "<1.30", "==1.16"])
def test_what_is_too_old_to_hold_pods_in_is_refused(versions: str) -> None:
    with pytest.raises(RequestError) as caught:
        ApiVersions(versions)
    assert ">=1.19" in str(caught.value.hint)


def test_a_range_without_any_release_is_refused() -> None:
    with pytest.raises(RequestError, match="allows no release"):
        ApiVersions(">=2")
