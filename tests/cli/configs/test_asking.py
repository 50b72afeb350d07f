"""Whoever watches is told that sources are asked."""

from pathlib import Path

import pytest

from samestack.cli.configs import asking
from samestack.config.resolving import ResolveRequest
from samestack.errors import RequestError
from samestack.progress import Reporter


class Heard(Reporter):
    """What a terminal would show."""

    said: list[str] = []  # noqa: RUF012 - made anew by the fixture

    def started(self, work: str, total: int | None = None) -> None:
        self.said.append(f"{work}: {total}")

    def advanced(self, detail: str, steps: int = 1) -> None:
        self.said.append(f"{detail}: {steps}")

    def finished(self) -> None:
        self.said.append("finished")


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(asking, "DeferredReporter", Heard)
    monkeypatch.setattr(Heard, "said", [])
    return Heard.said


def request(project: Path, profile: str) -> ResolveRequest:
    return ResolveRequest(project=project, profile=profile, variables={})


def test_each_profile_is_a_step(helpdesk: Path, said: list[str]) -> None:
    profiles = ("development", "staging")
    found = asking.resolved([request(helpdesk, profile) for profile in profiles])
    assert tuple(one.profile for one in found) == profiles
    assert said == ["asking the sources: 2", "development: 1", "staging: 1", "finished"]


def test_it_ends_where_it_fails_too(helpdesk: Path, said: list[str]) -> None:
    with pytest.raises(RequestError):
        asking.resolved([request(helpdesk, "no-such-profile")])
    assert said[-1] == "finished"
