"""Compiled files are those that RECORD lists, or those that lie where a distribution imports from."""

import base64
import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.probes.binaries.compiled_files import CompiledFile, compiled_files, recorded_files
from samestack.capture.probes.python.distribution import Distribution
from samestack.capture.tree import MachineTree
from tests.capture.probes.memory_tree import MemoryTree

SITE = "/env/lib/python3.11/site-packages"
DIGEST = hashlib.sha256(b"content").digest()
HASH = "sha256=" + base64.urlsafe_b64encode(DIGEST).decode().rstrip("=")
STATED = f"sha256:{DIGEST.hex()}"


def distribution(record: str = "", *, site: str = SITE) -> Distribution:
    return Distribution(
        name="example",
        version="1.0",
        site_directory=site,
        metadata_directory=f"{site}/example-1.0.dist-info",
        record=record,
    )


def paths(record: str, *, site: str = SITE) -> list[str]:
    return [file.path for file in recorded_files(distribution(record, site=site))]


@pytest.mark.parametrize(
    "name",
    [
        "example/_core.cpython-311-x86_64-linux-gnu.so",
        "cv2/cv2.abi3.so",
        "example.libs/libgomp-e985bcbb.so.1.0.0",
        "tokenizers.libs/libcrypto-142cf8a3.so.1.0.1e",
        "lib.so/inner.so",
    ],
)
def test_libraries_and_modules_are_compiled_files(name: str) -> None:
    record = f"example/__init__.py,{HASH},1\n{name},{HASH},65651673\nexample-1.0.dist-info/RECORD,,\n"
    assert recorded_files(distribution(record)) == (CompiledFile(f"{SITE}/{name}", STATED),)


@pytest.mark.parametrize("name", ["sort.py", "a.so.py", "a.source", "notes.so.txt", ".so-called", "x.so.old"])
def test_other_files_are_none(name: str) -> None:
    assert paths(f"example/{name},{HASH},1\n") == []


def test_quoted_paths_and_missing_hashes_are_understood() -> None:
    record = '"a,b/""c"".so",,\r\nplain.so,,\r\nlast.so,sha256=short,'
    assert recorded_files(distribution(record)) == (
        CompiledFile(f'{SITE}/a,b/"c".so'),
        CompiledFile(f"{SITE}/plain.so"),
        CompiledFile(f"{SITE}/last.so"),
    )


def test_libraries_in_the_prefix_belong_to_it() -> None:
    assert paths(f"../../../lib/libmkl_rt.so.2,{HASH},1\n") == ["/env/lib/libmkl_rt.so.2"]


@pytest.mark.parametrize(
    "path", ["../../../../other/lib.so", "/etc/lib.so", "a/../../../../../../etc/lib.so"]
)
def test_nothing_outside_the_environment_belongs_to_it(path: str) -> None:
    assert paths(f"{path},{HASH},1\n") == []


def test_a_directory_that_is_in_no_prefix_stands_for_itself() -> None:
    assert paths("../lib.so,,\ninside.so,,\n", site="/srv/task") == ["/srv/task/inside.so"]


@pytest.mark.parametrize("name", ["a\0.so", "a\x1b[31m.so", "a\udcff.so", "a" * 5000 + ".so"])
def test_names_that_no_file_or_no_text_can_have_are_left_out(name: str) -> None:
    assert paths(f"{name},,\n") == []
    tree = MemoryTree({f"{SITE}/example-1.0.dist-info/top_level.txt": "a", f"{SITE}/a/{name}": ""})
    assert compiled_files(tree, distribution()) == ()


@given(st.text(alphabet='a.so,"\n1/\\\0', max_size=80))
def test_any_record_is_read(record: str) -> None:
    for file in recorded_files(distribution(record)):
        assert file.path.startswith("/env/")
        assert ".so" in file.name


def test_each_file_counts_once_in_the_order_of_paths() -> None:
    files = compiled_files(MemoryTree({}), distribution(f"b.so,{HASH},1\na.so,{HASH},1\nb.so,{HASH},1\n"))
    assert [file.name for file in files] == ["a.so", "b.so"]


def test_without_record_the_top_level_packages_are_searched() -> None:
    tree = MemoryTree(
        {
            f"{SITE}/example-1.0.dist-info/top_level.txt": "example\n_speedups\n",
            f"{SITE}/example/_core.so": "",
            f"{SITE}/example/deep/er/lib.so.1": "",
            f"{SITE}/example/notes.txt": "",
            f"{SITE}/_speedups.cpython-311-x86_64-linux-gnu.so": "",
            f"{SITE}/other/_core.so": "",
        }
    )
    assert [file.path.removeprefix(f"{SITE}/") for file in compiled_files(tree, distribution())] == [
        "_speedups.cpython-311-x86_64-linux-gnu.so",
        "example/_core.so",
        "example/deep/er/lib.so.1",
    ]


def test_without_record_or_top_level_names_nothing_is_known() -> None:
    assert compiled_files(MemoryTree({f"{SITE}/example/_core.so": ""}), distribution()) == ()


def test_links_to_directories_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "example").mkdir()
    (tmp_path / "example" / "_core.so").write_bytes(b"")
    (tmp_path / "example" / "round").symlink_to(tmp_path / "example")
    (tmp_path / "example-1.0.dist-info").mkdir()
    (tmp_path / "example-1.0.dist-info" / "top_level.txt").write_text("example\n../..\n")
    files = compiled_files(MachineTree(), distribution(site=str(tmp_path)))
    assert [file.path for file in files] == [str(tmp_path / "example" / "_core.so")]
