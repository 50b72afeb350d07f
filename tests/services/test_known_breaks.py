"""A few known breaks, those that install fastest, are seen to fail again; the script tries all of them."""

from pathlib import Path

import pytest

from samestack.knowledge.breaks import break_names, breaks
from tests.services import verify_known_breaks
from tests.services.verify_known_breaks import Seen, Trial, rows, trials, tried

CHEAP = ("jinja2-markupsafe", "requests-toolbelt-urllib3", "attrdict-python-3.10", "gputil-distutils")


@pytest.mark.registry
@pytest.mark.parametrize("id_", CHEAP)
def test_a_break_is_seen_and_its_remedy_mends_it(id_: str, tmp_path: Path) -> None:
    seen = tried(rows()[id_], trials()[id_], tmp_path)
    assert seen.is_as_told, seen


@pytest.mark.registry
def test_what_does_not_break_is_not_taken_for_a_break(tmp_path: Path) -> None:
    row = rows()["jinja2-markupsafe"]
    well = Trial(python="3.11", install=("jinja2==3.1.6", "markupsafe==2.1.5"), run="import jinja2")
    seen = tried(row, well, tmp_path)
    assert seen.installs
    assert not seen.breaks


@pytest.mark.registry
def test_what_an_installer_refuses_is_not_taken_for_a_break(tmp_path: Path) -> None:
    row = rows()["jinja2-markupsafe"]
    refused = Trial(python="3.11", install=("jinja2==3.1.6", "markupsafe<1"), run="import jinja2")
    assert tried(row, refused, tmp_path).installs is False


def test_the_script_ends_with_1_where_a_row_is_not_as_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    well = Seen(installs=True, breaks=True, mends=True, output="")
    not_broken = Seen(installs=True, breaks=False, mends=True, output="it ran")
    monkeypatch.setattr(verify_known_breaks, "tried", lambda *_: well)
    assert verify_known_breaks.main(["jinja2-markupsafe"]) == 0
    monkeypatch.setattr(verify_known_breaks, "tried", lambda *_: not_broken)
    assert verify_known_breaks.main(["jinja2-markupsafe"]) == 1
    assert "NOT AS TOLD  jinja2-markupsafe\n  installs=True breaks=False" in capsys.readouterr().out


def test_every_row_can_be_asked_for_by_its_id() -> None:
    assert {row.id for name in break_names() for row in breaks(name)} == set(rows())
