import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from samestack.capture.probes.conda import conda_meta
from samestack.capture.probes.conda.conda_meta import CondaMeta, read_conda_meta
from samestack.capture.tree import MachineTree
from samestack.model import Layer
from tests import malformed

RECORD: dict[str, Any] = {
    "name": "numpy",
    "version": "1.26.4",
    "build": "py311h64a7726_0",
    "channel": "https://conda.example/conda-forge/linux-64",
    "md5": "0" * 32,
    "sha256": "1" * 64,
    "depends": ["python >=3.11"],
    "files": [
        "lib/python3.11/site-packages/numpy/__init__.py",
        "lib/python3.11/site-packages/numpy-1.26.4.dist-info/METADATA",
        "lib/python3.11/site-packages/numpy-1.26.4.dist-info/licenses/x.dist-info/y",
        "lib/python3.11/site-packages/old-1.0-py3.11.egg-info",
        "share/numpy.egg-info-notes",
    ],
    "requested_spec": "numpy=1.26",
    "paths_data": {"paths": [{"_path": "x"}]},
}


def put(prefix: Path, name: str, record: object) -> None:
    directory = prefix / "conda-meta"
    directory.mkdir(exist_ok=True)
    (directory / name).write_bytes(record if isinstance(record, bytes) else json.dumps(record).encode())


def read(prefix: Path) -> CondaMeta:
    return read_conda_meta(MachineTree(), str(prefix))


def test_what_a_record_tells(tmp_path: Path) -> None:
    put(tmp_path, "numpy-1.26.4-py311h64a7726_0.json", RECORD)
    put(tmp_path, "history", b"==> 2026-11-22 <==")
    (package,) = read(tmp_path).packages
    component = package.component
    assert (component.name, component.version, component.build) == ("numpy", "1.26.4", "py311h64a7726_0")
    assert component.layer is Layer.PACKAGES
    assert component.facts == {"channel": "conda-forge", "hashes": (f"md5:{'0' * 32}", f"sha256:{'1' * 64}")}
    assert component.circumstances == {"requested": "numpy=1.26"}
    site = f"{tmp_path}/lib/python3.11/site-packages"
    assert package.metadata_directories == {
        f"{site}/numpy-1.26.4.dist-info",
        f"{site}/old-1.0-py3.11.egg-info",
    }


@pytest.mark.parametrize(
    ("change", "requested"),
    [
        ({"requested_spec": "None"}, None),
        ({"requested_spec": ""}, None),
        ({"requested_spec": None, "requested_specs": ["numpy >=1.20"]}, "numpy >=1.20"),
    ],
)
def test_who_asked_for_it(tmp_path: Path, change: dict[str, object], requested: str | None) -> None:
    put(tmp_path, "numpy.json", RECORD | change)
    (package,) = read(tmp_path).packages
    assert package.component.circumstances.get("requested") == requested


def test_old_records_tell_the_channel_by_the_archive_alone(tmp_path: Path) -> None:
    url = "https://conda.example/pkgs/main/linux-64/numpy-1.26.4-py311h64a7726_0.conda"
    put(tmp_path, "numpy.json", RECORD | {"channel": None, "url": url})
    assert read(tmp_path).packages[0].component.facts["channel"] == "pkgs/main"


def test_credentials_and_tokens_never_leave_the_record(tmp_path: Path) -> None:
    address = "https://user:hunter2@conda.example/t/hunter2/private"
    put(
        tmp_path,
        "numpy.json",
        RECORD | {"channel": f"{address}/linux-64", "requested_spec": f"{address}::numpy"},
    )
    (package,) = read(tmp_path).packages
    assert package.component.facts["channel"] == "private"
    assert "hunter2" not in str(package)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"[]", "Expected `object`, got `array`"),
        (b'{"name": "x"}', "missing required field `version`"),
        (b'{"name": "a b", "version": "1"}', "its name is not a name"),
        (b"\xff", "not JSON"),
        (b"[" * 100_000, "Expected `object`, got `array`"),
    ],
)
def test_a_malformed_record_is_remarked_on_and_the_rest_is_read(
    tmp_path: Path, content: bytes, problem: str
) -> None:
    put(tmp_path, "numpy.json", RECORD)
    put(tmp_path, "broken-1-0.json", content)
    meta = read(tmp_path)
    assert len(meta.packages) == 1
    (remark,) = meta.remarks
    assert (remark.code, remark.subject) == ("malformed-record", "broken-1-0.json")
    assert problem in remark.message


def test_a_record_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conda_meta, "MAX_RECORD_BYTES", 100)
    put(tmp_path, "numpy.json", RECORD)
    (remark,) = read(tmp_path).remarks
    assert "it is larger than 100 bytes" in remark.message


def test_there_may_be_too_many_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conda_meta, "MAX_RECORDS", 1)
    put(tmp_path, "a.json", RECORD)
    put(tmp_path, "b.json", RECORD | {"name": "b"})
    meta = read(tmp_path)
    assert (len(meta.packages), [remark.code for remark in meta.remarks]) == (1, ["too-many-records"])


def test_two_records_of_one_name_are_both_told(tmp_path: Path) -> None:
    put(tmp_path, "a.json", RECORD)
    put(tmp_path, "b.json", RECORD | {"version": "2.0.0"})
    meta = read(tmp_path)
    assert len(meta.packages) == 2
    (remark,) = meta.remarks
    assert remark.code == "duplicate-record"
    assert "versions 1.26.4, 2.0.0" in remark.message


@given(malformed.mutated(RECORD).map(malformed.as_json) | malformed.corrupted_text(json.dumps(RECORD)))
def test_no_record_is_fatal(content: bytes) -> None:
    with malformed.spoiled_file("numpy-1.26.4-py311h64a7726_0.json", content) as path:
        put(path.parent, path.name, content)
        meta = read(path.parent)
    assert "hunter2" not in str(meta)
    assert len(meta.packages) + len(meta.remarks) == 1
