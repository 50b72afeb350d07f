"""Bisections by what was recorded, with real environments of small wheels."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs

from samestack.behaviour.bisecting.request import Request
from samestack.behaviour.recording.entry import record
from samestack.behaviour.recording.recording_file import write_recording
from samestack.behaviour.recording.request import Request as RecordingRequest
from samestack.errors import RequestError
from samestack.process import run
from samestack.progress import SILENT
from samestack.solve.uv.uv_program import uv_program
from tests.behaviour.bisecting.local_bisections import PYTHON, add_unrelated, bisected, pivots, request
from tests.lock.projects import alone
from tests.solve.local_index import LocalIndex
from tests.verify.breaking_index import add

ALPHA = "def score(text):\n    return len(text) * {factor}\n"
BETA = "def label(score):\n    return {label}\n"
PROGRAM = (
    "import alpha, beta, json, sys\n"
    "text = open(sys.argv[1]).read()\nscore = alpha.score(text)\n"
    "print(json.dumps({'score': score, 'label': beta.label(score), 'length': len(text)}))\n"
)


@pytest.fixture(scope="module", autouse=True)
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    patch, made = pytest.MonkeyPatch(), LocalIndex()
    add_unrelated(made)
    for version, factor in (("1.0", "1.0"), ("1.5", "1.00000000001"), ("2.0", "1.01")):
        add(made, "alpha", version, ALPHA.format(factor=factor))
    add(made, "beta", "1.0", BETA.format(label="'long' if score > 5.5 else 'short'"))
    add(made, "beta", "2.0", BETA.format(label="'long' if score > 4.5 else 'short'"))
    add(made, "beta", "3.0", BETA.format(label="1 / 0"))
    with alone(made, patch, tmp_path_factory.mktemp("uv-cache")):
        yield
    patch.undo()


def asked(directory: Path, good: str, bad: str, *, function: str = "", code: str = PROGRAM) -> Request:
    """A bisection by what a real environment of the good side has answered."""
    made = request(directory, code, good, bad)
    inputs, environment = directory / "texts", directory / "environment"
    inputs.mkdir()
    for name in ("one", "three", "seven", "11111"):
        (inputs / name).write_text(name)
    uv = uv_program()
    run((uv, "venv", "--quiet", "--python", PYTHON, environment))
    run((uv, "pip", "install", "--quiet", "--python", environment / "bin/python", "-r", made.good))
    recorded = record(
        RecordingRequest(
            command=() if function else ("python", str(directory / "check.py"), "{input}"),
            callable=function,
            inputs=inputs,
            environment=f"venv:{environment}",
        ),
        SILENT,
    )
    write_recording(recorded.recording, directory / "good.recording")
    return structs.replace(made, command=(), recording=directory / "good.recording")


def test_each_culprit_is_named_with_the_fields_that_it_changes(tmp_path: Path) -> None:
    found = bisected(asked(tmp_path, "alpha==1.0 beta==1.0", "alpha==2.0 beta==2.0"))
    assert found.is_proven
    assert sorted(pivots(found)) == [("alpha",), ("beta",)]
    details = {tuple(sorted(one.claim.upgraded)): one.detail for one in found.proofs}
    assert "score" in details["alpha",]
    assert details["beta",] == "other in label"
    inside = {one.package: (one.last_good, one.first_bad) for one in found.within}
    assert inside == {"alpha": ("1.5", "2.0"), "beta": ("1.0", "2.0")}


def test_what_a_tolerance_allows_is_no_other_answer(tmp_path: Path) -> None:
    found = bisected(asked(tmp_path, "alpha==1.0 beta==1.0", "alpha==1.5 beta==1.0"))
    assert found.verdict is None
    assert "the bad environment is not bad" in found.baseline.trouble


def test_a_bad_side_that_fails_is_looked_for_as_such(tmp_path: Path) -> None:
    found = bisected(asked(tmp_path, "alpha==1.0 beta==1.0", "alpha==1.5 beta==3.0"))
    assert found.is_proven
    assert pivots(found) == [("beta",)]
    assert found.proofs[0].detail == "ended with status 1"


def test_a_callable_is_called_in_every_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "model.py").write_text(
        "import alpha\ndef predict(path):\n    return {'score': alpha.score(open(path).read())}\n"
    )
    found = bisected(asked(tmp_path, "alpha==1.0", "alpha==2.0", function="model:predict"))
    assert found.is_proven
    assert pivots(found) == [("alpha",)]


def test_files_and_places_of_the_moment_are_compared_as_a_replay_does(tmp_path: Path) -> None:
    code = (
        "import alpha, json, os, pathlib, sys, tempfile\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "out = pathlib.Path(os.environ['SAMESTACK_OUTPUT'])\n"
        "out.joinpath(path.name + '.json').write_text(json.dumps({'score': alpha.score(path.read_text())}))\n"
        "print(json.dumps({'place': tempfile.gettempdir() + '/x'}))\n"
    )
    found = bisected(asked(tmp_path, "alpha==1.0", "alpha==2.0", code=code))
    assert found.is_proven
    assert pivots(found) == [("alpha",)]
    assert found.proofs[0].detail.startswith("other in ")
    assert "score" in found.proofs[0].detail


def test_inputs_that_are_not_those_of_the_recording_are_refused(tmp_path: Path) -> None:
    wanted = asked(tmp_path, "alpha==1.0 beta==1.0", "alpha==2.0 beta==2.0")
    (tmp_path / "texts/one").write_text("another")
    with pytest.raises(RequestError, match="one is not the file that was recorded"):
        bisected(wanted)
