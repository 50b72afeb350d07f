"""The list of environments as people and programs see it."""

import io
import json

import pytest
from rich.console import Console

from samestack.envs.managing.disk_use import DiskUse
from samestack.envs.managing.drifting import Drift
from samestack.envs.managing.listing import Listed, Listing
from samestack.envs.managing.registry import Registered
from samestack.project.manifest import Backend
from samestack.render.environments.environments_json import encode_environments
from samestack.render.environments.environments_table import print_environments, size_words

LISTING = Listing(
    environments=(
        Listed(
            registered=Registered(
                environment="/home/ann/recommender/.venv",
                backend=Backend.VENV,
                python="3.9.18",
                project="/home/ann/recommender",
                used="2026-01-31T12:00:00Z",
            ),
            size=DiskUse(412_000_000, 380_000_000),
            drift=Drift(packages=("numpy", "scipy", "click", "idna")),
        ),
        Listed(
            registered=Registered(
                environment="/srv/x\x1b[2J", backend=Backend.CONDA, used="2025-12-01T00:00:00Z"
            ),
            size=DiskUse(1000, 0),
            drift=Drift(unknown="no lock of it is known"),
        ),
    ),
    together=DiskUse(412_001_000, 300_000_000),
)


def printed(listing: Listing, width: int = 100) -> str:
    page = io.StringIO()
    print_environments(listing, Console(file=page, width=width, highlight=False))
    return page.getvalue()


def test_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ann")
    assert printed(LISTING) == (
        "project      backend  Python  size      shared    last used\n"
        "recommender  venv     3.9.18  412.0 MB  380.0 MB  2026-01-31\n"
        "  ~/recommender/.venv\n"
        "  4 packages are not as its lock says: numpy, scipy, click, ...\n"
        "-            conda    -       1.0 kB    0 bytes   2025-12-01\n"
        "  /srv/x\\x1b[2J\n"
        "  drift is not known: no lock of it is known\n"
        "\n"
        "2 environments: 412.0 MB, of which 300.0 MB are links to files that others have too\n"
    )


def test_a_narrow_terminal_loses_nothing() -> None:
    lines = printed(LISTING, 48).splitlines()
    assert max(map(len, lines)) <= 48
    cells = [lines[number].split() for number in (2, 3)]
    assert cells == [["recomm", "venv", "3.9.18", "412.0", "380.0", "2026-0"], ["ender", "MB", "MB", "1-31"]]


def test_nothing_is_said_of_drift_that_nobody_asked_for() -> None:
    one = Listed(registered=LISTING.environments[0].registered, size=DiskUse(1, 0))
    assert "lock" not in printed(Listing(environments=(one,), together=DiskUse(1, 0)))


@pytest.mark.parametrize(
    ("drift", "words", "is_none"),
    [
        (Drift(), "as its lock says", True),
        (Drift(packages=("numpy",)), "1 package is not as its lock says: numpy", False),
        (Drift(packages=("a",), anew="asked for"), "it would be made anew: asked for", False),
        (Drift(unknown="why"), "drift is not known: why", False),
    ],
)  # fmt: skip
def test_the_words_for_drift(drift: Drift, words: str, is_none: bool) -> None:  # noqa: FBT001
    assert (str(drift), drift.is_none) == (words, is_none)


def test_what_is_shared_is_told_where_there_is_some() -> None:
    assert size_words(DiskUse(2000, 0)) == "2.0 kB"
    assert (
        size_words(DiskUse(2000, 1000)) == "2.0 kB, of which 1.0 kB are links to files that others have too"
    )


def test_the_document_for_programs() -> None:
    document = json.loads(encode_environments(LISTING))
    assert document["schema"] == "samestack/environments/1"
    assert document["together"] == {"total": 412_001_000, "shared": 300_000_000}
    assert [one["registered"]["backend"] for one in document["environments"]] == ["venv", "conda"]
    assert document["environments"][0]["drift"]["packages"] == ["numpy", "scipy", "click", "idna"]
