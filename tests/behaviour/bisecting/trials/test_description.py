"""Descriptions travel, and are known again by what they ask."""

import pickle

import msgspec

from samestack.behaviour.bisecting.trials.description import Package, TrialEnvironment
from tests.behaviour.bisecting.trials.trial_wheels import packages, trial


def test_a_description_survives_the_journey() -> None:
    one = trial("pass", *packages(alpha="1"), variables=(("OMP_NUM_THREADS", "1"),))
    again = pickle.loads(pickle.dumps(one))  # noqa: S301 - our own
    assert again == one
    assert again.key == one.key


def test_an_environment_is_a_set_of_packages() -> None:
    one, other = packages(alpha="1", beta="2")
    first = TrialEnvironment(python="3.11", packages=(one, other))
    assert first == TrialEnvironment(python="3.11", packages=(other, one))


def test_the_key_tells_apart_whatever_could_make_a_difference() -> None:
    alpha, beta = packages(alpha="1", beta="2")
    trials = [
        trial("pass", alpha, beta),
        trial("pass", alpha),
        trial("pass", alpha, msgspec.structs.replace(beta, version="2.1")),
        trial("pass", alpha, msgspec.structs.replace(beta, hashes=("sha256:0",))),
        trial("1", alpha, beta),
        trial("pass", alpha, beta, variables=(("A", "1"),)),
        trial("pass", alpha, beta, is_real=True),
    ]
    assert len({one.key for one in trials}) == len(trials)
    assert trial("pass", beta, alpha).key == trials[0].key


def test_a_requirement_lets_in_one_release_or_one_source() -> None:
    assert Package(name="alpha", version="1").requirement == "alpha==1"
    source = "git+https://example.org/alpha@0123456789abcdef"
    assert Package(name="alpha", version="1", source=source).requirement == f"alpha @ {source}"
