"""Model files that a project declares."""

import errno
import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.probes.models.model_files import read_declared_models
from samestack.errors import InputError, RequestError
from samestack.model import Layer
from samestack.progress import Reporter


@pytest.fixture
def project(tmp_path: Path) -> Path:
    project = tmp_path / "project"
    (project / "models/old").mkdir(parents=True)
    (project / "models/defect.onnx").write_bytes(b"one")
    (project / "models/old/defect.PT").write_bytes(b"two")
    (project / "models/labels").write_bytes(b"three")
    return project


class Heard(Reporter):
    def __init__(self) -> None:
        self.total: int | None = None
        self.steps = 0
        self.is_finished = False

    def started(self, work: str, total: int | None = None) -> None:
        assert work == "read model files"
        self.total = total

    def advanced(self, detail: str, steps: int = 1) -> None:
        assert detail.startswith("models/")
        self.steps += steps

    def finished(self) -> None:
        self.is_finished = True


def names(project: Path, *patterns: str) -> list[str]:
    return [one.name for one in read_declared_models(project, patterns).components]


def test_a_file_is_its_path_and_its_content(project: Path) -> None:
    (component,) = read_declared_models(project, ["models/*.onnx"]).components
    assert (component.layer, component.name, component.version) == (Layer.MODELS, "models/defect.onnx", None)
    assert component.content == f"sha256:{hashlib.sha256(b'one').hexdigest()}"
    assert component.facts == {"bytes": 3, "format": "onnx"}


def test_patterns_reach_below_and_a_file_stands_once(project: Path) -> None:
    assert names(project, "models/**/*", "models/*.onnx") == [
        "models/defect.onnx",
        "models/labels",
        "models/old/defect.PT",
    ]


def test_whoever_watches_hears_of_every_byte(project: Path) -> None:
    heard = Heard()
    read_declared_models(project, ["models/**/*"], heard)
    assert (heard.total, heard.steps, heard.is_finished) == (11, 11, True)


def test_a_pattern_that_matches_nothing_is_remarked_on(project: Path) -> None:
    observation = read_declared_models(project, ["models/*.gguf"])
    assert [(remark.code, remark.subject) for remark in observation.remarks] == [
        ("declared-model-missing", "models/*.gguf")
    ]


@pytest.mark.parametrize(
    "pattern", ["../secret", "models/../../secret", "/etc/passwd", "", "**.onnx/**x", ".", "**/a/**"]
)
def test_a_pattern_that_leads_out_or_is_none_is_refused(project: Path, pattern: str) -> None:
    with pytest.raises(RequestError):
        read_declared_models(project, [pattern])


def test_a_link_out_of_the_project_is_not_read(project: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.onnx").write_text("outside")
    (project / "models/link.onnx").symlink_to(tmp_path / "secret.onnx")
    (project / "elsewhere").symlink_to(tmp_path)
    observation = read_declared_models(project, ["models/*.onnx", "elsewhere/*.onnx"])
    assert [one.name for one in observation.components] == ["models/defect.onnx"]
    assert {remark.code for remark in observation.remarks} == {"declared-model-outside"}


def test_a_link_inside_the_project_is_read(project: Path) -> None:
    (project / "current.onnx").symlink_to("models/defect.onnx")
    assert names(project, "current.onnx") == ["current.onnx"]


def test_pipes_and_directories_are_no_models(project: Path) -> None:
    os.mkfifo(project / "models/pipe")
    assert "models/pipe" not in names(project, "models/*")


def test_a_file_that_may_not_be_read_is_named(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, *_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr(Path, "open", refuse)  # a file's mode does not keep an administrator out
    with pytest.raises(InputError, match="labels: cannot be read: Permission denied"):
        names(project, "models/labels")


@given(st.text(st.sampled_from("*?[]!./ab\\\0"), max_size=12))
def test_any_pattern_is_used_or_refused(tmp_path_factory: pytest.TempPathFactory, pattern: str) -> None:
    try:
        observation = read_declared_models(tmp_path_factory.getbasetemp() / "nothing", [pattern])
    except RequestError:
        return
    assert observation.components == ()
