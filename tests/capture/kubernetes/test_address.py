"""What stands after ``kubernetes:``."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.kubernetes.address import Address, address
from samestack.errors import RequestError


@pytest.mark.parametrize(
    ("locator", "found", "word"),
    [
        ("helpdesk/agent", Address(namespace="helpdesk", kind="deployment", name="agent"), "Deployment"),
        (
            "helpdesk/deployment/agent/web",
            Address(namespace="helpdesk", kind="deployment", name="agent", container="web"),
            "Deployment",
        ),
        ("a/statefulset/b.c", Address(namespace="a", kind="statefulset", name="b.c"), "StatefulSet"),
        (
            "helpdesk/agent@arn:aws:eks:eu-central-1:1:cluster/me@production",
            Address(
                namespace="helpdesk",
                kind="deployment",
                name="agent",
                context="arn:aws:eks:eu-central-1:1:cluster/me@production",
            ),
            "Deployment",
        ),
        ("a/daemonset/b", Address(namespace="a", kind="daemonset", name="b"), "DaemonSet"),
    ],
)
def test_a_workload(locator: str, found: Address, word: str) -> None:
    assert address(locator) == found
    assert address(str(found).removeprefix("kubernetes:")) == found
    assert found.word == word


@pytest.mark.parametrize(
    "locator",
    [
        "agent",
        "a/b/c",
        "a/deployment/b/c/d",
        "A/b",
        "a/..",
        "a/",
        "/a",
        "a/deployment/b/",
        "a/b?c",
        "a/b@",
        "@c",
        "a/b@c d",
    ],
)
def test_what_is_none(locator: str) -> None:
    with pytest.raises(RequestError) as caught:
        address(locator)
    assert caught.value.hint


@given(st.text("abA/.-?#%", max_size=12))
def test_names_are_names(locator: str) -> None:
    with contextlib.suppress(RequestError):
        assert not {*"?#%"} & {*str(address(locator))}
