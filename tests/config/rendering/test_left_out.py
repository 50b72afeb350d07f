"""Who renders without secrets is told which, and where they come from then."""

import pytest

from samestack.config.rank import Rank
from samestack.config.rendering.left_out import left_out
from tests.config.configurations import resolution, value

SAID = resolution(value("API_KEY", "canary", Rank.SECRET_STORE, source="age:config/test.secrets.age"))


@pytest.mark.parametrize("target", ["env", "env-file", "configmap", "compose", "external-secret"])
def test_secrets_are_named(target: str) -> None:
    *_, note = left_out(SAID, target)
    assert "API_KEY" in note
    assert "canary" not in note


def test_without_secrets_there_is_nothing_to_say() -> None:
    assert left_out(resolution(value("A", 1)), "env") == ()
