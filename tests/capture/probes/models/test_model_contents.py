import bz2
import gzip
import io
import lzma
import pickle
import subprocess
import sys
import zipfile
import zlib
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.probes.models.model_contents import model_facts
from samestack.tour.interpreters import python_request
from tests.capture.probes.models.onnx_models import onnx_model

STATE = pickle.dumps(OrderedDict(_sklearn_version="1.0.2"), 4)


def facts(content: bytes, suffix: str = ".pkl") -> dict[str, object]:
    return dict(model_facts(io.BytesIO(content), suffix))


def archive(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as opened:
        for name, content in members.items():
            opened.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return file.getvalue()


@pytest.mark.parametrize("compress", [bytes, gzip.compress, bz2.compress, lzma.compress, zlib.compress])
def test_a_pickle_is_read_in_any_compression(compress: Callable[[bytes], bytes]) -> None:
    assert facts(compress(STATE)) == {
        "pickled": ("collections.OrderedDict",),
        "pickle_protocol": 4,
        "written_with": ("scikit-learn 1.0.2",),
    }


def test_a_checkpoint_of_torch_is_an_archive_with_a_pickle() -> None:
    pickled = b"\x80\x02ctorch._utils\n_rebuild_tensor_v2\nq\x00."
    assert facts(archive(model__data_dot_pkl=pickled, model__version=b"3\n"), ".pt") == {
        "archive": "torch",
        "pickled": ("torch._utils._rebuild_tensor_v2",),
        "pickle_protocol": 2,
    }


def test_a_model_of_keras_states_its_version() -> None:
    metadata = b'{"keras_version": "3.5.0", "date_saved": "2024-09-01@10:00:00"}'
    content = archive(metadata_dot_json=metadata, config_dot_json=b"{}")
    assert facts(content, ".keras") == {"archive": "keras", "written_with": ("keras 3.5.0",)}


def test_a_model_of_onnx_states_its_operator_sets() -> None:
    assert facts(onnx_model(8, {"": 17, "ai.onnx.ml": 3}), ".onnx") == {
        "operator_sets": ("ai.onnx 17", "ai.onnx.ml 3"),
        "ir_version": 8,
        "producer": "pytorch 2.0.1",
    }


@pytest.mark.parametrize(
    "content", [b"", b"\x80", b"PK\x03\x04 no archive", b"x\x9c no zlib", b"\x1f\x8b no gzip", b"\x5d\0\0"]
)
@pytest.mark.parametrize("suffix", [".pkl", ".pt", ".onnx", ".keras", ".bin", ""])
def test_what_is_damaged_tells_nothing(content: bytes, suffix: str) -> None:
    assert "written_with" not in facts(content, suffix)


@given(
    st.binary(max_size=200), st.sampled_from([b"", b"\x80\x04", b"PK\x03\x04", b"x\x9c", b"\x1f\x8b", b"BZh"])
)
def test_whatever_a_file_holds_reading_it_ends(content: bytes, start: bytes) -> None:
    for suffix in (".pkl", ".onnx", ".bin", ".keras"):
        facts(start + content, suffix)


def test_a_bomb_is_unpacked_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samestack.capture.probes.models.model_contents.MAX_UNPACKED_BYTES", 1000)
    assert facts(zlib.compress(b"\0" * 10_000_000 + STATE)) == {}


_TRAIN = """
import joblib, pickle, numpy
from sklearn.ensemble import RandomForestClassifier
model = RandomForestClassifier(n_estimators=3).fit(numpy.random.rand(50, 3), numpy.arange(50) % 2)
pickle.dump(model, open("forest.pkl", "wb"))
joblib.dump(model, "forest.joblib")
joblib.dump(model, "small.joblib", compress=3)
"""


@pytest.mark.registry
def test_estimators_that_scikit_learn_wrote(tmp_path: Path) -> None:
    uv = Path(sys.executable).with_name("uv")
    python = tmp_path / "venv/bin/python"
    subprocess.run([uv, "venv", "-q", "--python", python_request("3.9"), tmp_path / "venv"], check=True)
    subprocess.run(
        [uv, "pip", "install", "-q", "--python", python, "scikit-learn==1.0.2", "numpy==1.23.5"], check=True
    )
    subprocess.run([python, "-c", _TRAIN], cwd=tmp_path, check=True)
    for name in ("forest.pkl", "forest.joblib", "small.joblib"):
        told = facts((tmp_path / name).read_bytes(), Path(name).suffix)
        assert told["written_with"] == ("scikit-learn 1.0.2",)
        pickled = told["pickled"]
        assert isinstance(pickled, tuple)
        assert {"sklearn.ensemble._forest.RandomForestClassifier", "sklearn.tree._tree.Tree"} <= set(pickled)
