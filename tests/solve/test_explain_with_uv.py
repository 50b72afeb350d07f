"""uv on a local index: real solves, real pages and wheels, and the conflicts that the product is for."""

import base64
import socket
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from samestack.errors import InputError, OutsideError
from samestack.solve.as_of import day_of_pins
from samestack.solve.explain import explain
from samestack.solve.explanation import Explanation
from samestack.solve.index.index_metadata import IndexMetadata
from samestack.solve.problem import Problem, Target, Wish
from samestack.solve.uv.index_settings import IndexSettings
from samestack.solve.uv.uv_oracle import UvOracle
from tests.solve.local_index import LocalIndex, only, served

PYTHON = "3.11"


def visionaryai() -> LocalIndex:
    """What the packages of the story asked for, with the bound on numpy that it tells of."""
    index = LocalIndex()
    index.add("transformers", "4.20.0", "numpy>=1.17", "tokenizers!=0.11.3,<0.13,>=0.11.1", "filelock")
    index.add("transformers", "4.30.0", "numpy>=1.17", "tokenizers!=0.11.3,<0.14,>=0.11.1", "filelock")
    index.add("tokenizers", "0.12.1")
    index.add("filelock", "3.7.1")
    index.add("torch", "1.13.0", "typing-extensions", "numpy<1.25")
    index.add("torch", "1.13.1", "typing-extensions", "numpy<1.25")
    index.add("torch", "2.0.1", "typing-extensions", "numpy<1.26")
    index.add("typing-extensions", "4.2.0")
    index.add("pandas", "1.4.0", "numpy<1.25,>=1.21")
    index.add("pandas", "1.4.4", "numpy<1.26,>=1.21")
    for version in ("1.21.6", "1.24.4", "1.25.2", "1.26.4", "2.1.0"):
        index.add("numpy", version)
    return index


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "uv"


def explained(
    settings: IndexSettings, *texts: str, facts: tuple[str, ...] = (), target: Target | None = None
) -> Explanation:
    target = target or Target(python=PYTHON, platform="x86_64-manylinux_2_28")
    asked = [Wish(text=text, file="requirements.txt", line=at) for at, text in enumerate(texts, 1)]
    fixed = [Wish(text=text, is_fixed=True, is_constraint=True) for text in facts]
    with UvOracle(target, settings=settings) as oracle:
        metadata = IndexMetadata(settings, target)
        return explain(Problem(wishes=(*asked, *fixed), target=target), oracle, metadata)


@pytest.fixture
def settings(cache: Path) -> Iterator[IndexSettings]:
    with served(visionaryai()) as address:
        yield only(address, cache)


def test_the_conflict_of_the_story_is_explained_exactly_so(settings: IndexSettings) -> None:
    wanted = ("transformers==4.20.0", "torch==1.13.0", "pandas==1.4.0")
    found = explained(settings, *wanted, facts=("numpy==1.25.2", "filelock==3.7.1"))
    assert not found.is_met
    assert found.is_complete
    said = {one.sentence: {wish.text for wish in one.wishes} for one in found.conflicts}
    assert said == {
        "torch 1.13.0 asks for numpy<1.25, but the environment holds numpy 1.25.2.": {
            "torch==1.13.0",
            "numpy==1.25.2",
        },
        "pandas 1.4.0 asks for numpy<1.25,>=1.21, but the environment holds numpy 1.25.2.": {
            "pandas==1.4.0",
            "numpy==1.25.2",
        },
    }
    for conflict in found.conflicts:
        assert (conflict.contested, conflict.layer) == ("numpy", "packages")
        assert [len(chain.demands) for chain in conflict.chains] == [2, 1]
        assert "numpy" in conflict.said
    (relaxation,) = found.relaxations
    assert {(edit.wish.text, edit.replacement) for edit in relaxation.edits} == {
        ("torch==1.13.0", "torch==2.0.1"),
        ("pandas==1.4.0", "pandas==1.4.4"),
    }
    assert "numpy==1.25.2" in relaxation.solution
    assert "transformers==4.20.0" in relaxation.solution


def test_a_bound_that_the_user_wrote_clashes_with_what_is_installed(settings: IndexSettings) -> None:
    found = explained(settings, "transformers==4.20.0", "numpy<1.25", facts=("numpy==1.25.2",))
    (conflict,) = found.conflicts
    assert conflict.sentence == "You ask for numpy<1.25, but the environment holds numpy 1.25.2."
    assert [edit.replacement for edit in found.relaxations[0].edits] == ["numpy<1.26"]


def test_what_can_be_met_comes_with_its_pins(settings: IndexSettings) -> None:
    found = explained(settings, "transformers==4.20.0", "torch==1.13.0", "pandas==1.4.0")
    assert found.is_met
    assert {"numpy==1.24.4", "tokenizers==0.12.1", "transformers==4.20.0"} <= set(found.solution)
    assert (found.solves, found.conflicts) == (1, ())


@pytest.mark.parametrize("is_json", [True, False])
@pytest.mark.parametrize("has_metadata", [True, False])
@pytest.mark.parametrize("gives_ranges", [True, False])
def test_every_kind_of_index_tells_the_same(
    cache: Path, *, is_json: bool, has_metadata: bool, gives_ranges: bool
) -> None:
    index = visionaryai()
    index.is_json, index.has_metadata, index.gives_ranges = is_json, has_metadata, gives_ranges
    with served(index) as address:
        found = explained(only(address, cache), "pandas==1.4.0", "numpy>=2")
    assert found.conflicts[0].sentence == (
        "pandas 1.4.0 asks for numpy<1.25,>=1.21, but you ask for numpy>=2."
    )
    assert found.relaxations[0].edits[0].replacement == "numpy>=1.24.4"


def test_a_directory_is_an_index_too(tmp_path: Path, cache: Path) -> None:
    place = visionaryai().write_to(tmp_path / "index").as_uri()
    found = explained(only(place, cache), "pandas==1.4.0", "numpy>=2")
    assert found.conflicts[0].contested == "numpy"
    assert len(found.conflicts[0].chains[0].demands) == 2


def test_wheels_for_older_pythons_are_refused_by_the_layer_python(cache: Path) -> None:
    index = LocalIndex()
    for series in ("39", "310"):
        index.add("tensorflow", "2.8.0", tag=f"cp{series}-cp{series}-manylinux2010_x86_64")
    index.add("tensorflow", "2.16.1", tag="cp312-cp312-manylinux_2_17_x86_64")
    with served(index) as address:
        target = Target(python="3.12", platform="x86_64-manylinux_2_28")
        found = explained(only(address, cache), "tensorflow==2.8.0", target=target)
    (conflict,) = found.conflicts
    assert (conflict.layer, conflict.contested) == ("python", "python")
    assert conflict.sentence == (
        "You ask for tensorflow==2.8.0, but tensorflow 2.8.0 asks for Python 3.9 or 3.10, "
        "and the target has Python 3.12."
    )
    assert found.relaxations[0].edits[0].replacement == "tensorflow==2.16.1"


def test_a_python_that_metadata_exclude_is_refused_by_the_layer_python(cache: Path) -> None:
    index = LocalIndex()
    index.add("numba", "0.61", requires_python=">=3.12")
    index.add("numba", "0.57", requires_python=">=3.8")
    index.add("tool", "1.0", "numba>0.57")
    with served(index) as address:
        found = explained(only(address, cache), "tool")
    (conflict,) = found.conflicts
    assert (conflict.layer, conflict.contested) == ("python", "python")
    assert conflict.sentence.startswith(
        "tool 1.0 asks for numba>0.57, but numba 0.61 asks for Python >=3.12, and the target has Python 3.11"
    )


def test_wheels_for_a_newer_glibc_are_refused_by_the_layer_os(cache: Path) -> None:
    index = LocalIndex()
    index.add("kernels", "2.0", tag="cp311-cp311-manylinux_2_28_x86_64")
    index.add("kernels", "1.0", tag="cp311-cp311-manylinux_2_17_x86_64")
    index.add("model", "1.0", "kernels>=2")
    index.add("model", "0.9", "kernels")
    with served(index) as address:
        target = Target(python=PYTHON, platform="x86_64-manylinux_2_17")
        found = explained(only(address, cache), "model==1.0", target=target)
    (conflict,) = found.conflicts
    assert (conflict.layer, conflict.contested) == ("os", "glibc")
    assert conflict.sentence == (
        "model 1.0 asks for kernels>=2, but kernels 2.0 asks for glibc 2.28, and the target has glibc 2.17."
    )
    assert [len(chain.demands) for chain in conflict.chains] == [3, 1]
    assert found.relaxations[0].edits[0].replacement == "model==0.9"


def test_the_age_of_the_pins_is_the_day_to_solve_as_of(cache: Path) -> None:
    index = LocalIndex()
    index.add("old", "1.0", "loose", uploaded="2021-03-01T10:00:00Z")
    index.add("other", "1.0", uploaded="2020-01-01T10:00:00Z")
    index.add("loose", "1.0", uploaded="2021-02-01T10:00:00Z")
    index.add("loose", "2.0", "gone", uploaded="2023-02-01T10:00:00Z")
    wishes = [Wish(text=text) for text in ("old==1.0", "other==1.0", "loose")]
    with served(index) as address:
        settings = only(address, cache)
        told = day_of_pins(wishes, IndexMetadata(settings, Target(python=PYTHON)))
        assert told.day == date(2021, 3, 2)
        assert told.reason == "old 1.0 is the newest of 2 pinned releases and was uploaded on 2021-03-01"
        target = Target(python=PYTHON, as_of=told.day)
        found = explained(settings, *(wish.text for wish in wishes), target=target)
    assert found.as_of == date(2021, 3, 2)
    assert "loose==1.0" in found.solution


@pytest.mark.parametrize("status", [401, 403, 500])
def test_an_index_that_refuses_is_no_conflict(cache: Path, status: int) -> None:
    with (
        served(LocalIndex(status=status)) as address,
        pytest.raises(OutsideError, match="uv could not be asked"),
    ):
        explained(only(address.replace("//", "//anna:hunter2@"), cache), "numpy")


def test_an_index_that_is_not_there_is_no_conflict_and_its_password_is_not_shown(cache: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://anna:hunter2@127.0.0.1:{free.getsockname()[1]}/simple"
        with pytest.raises(OutsideError) as caught:
            explained(only(address, cache), "numpy")
    assert "hunter2" not in str(caught.value)
    assert "127.0.0.1" in str(caught.value)


def test_credentials_of_the_index_reach_its_pages_and_its_files(cache: Path) -> None:
    index = visionaryai()
    index.user = base64.b64encode(b"anna:hunter2").decode()
    with served(index) as address:
        found = explained(only(address.replace("//", "//anna:hunter2@"), cache), "pandas==1.4.0", "numpy>=2")
    assert len(found.conflicts[0].chains[0].demands) == 2
    assert "hunter2" not in repr(found)


def test_a_requirement_that_is_none_is_named_with_its_place(settings: IndexSettings) -> None:
    with pytest.raises(InputError, match=r"requirements.txt: line 2: 'numpy==bad version' is no requirement"):
        explained(settings, "pandas", "numpy==bad version")


def test_a_source_distribution_is_built_only_where_that_is_the_way_out(cache: Path) -> None:
    index = visionaryai()
    source = sdist("plain", "1.0", "numpy<1.25")
    index.files["plain-1.0.tar.gz"] = source
    index.details["plain-1.0.tar.gz"] = {}
    broken = "broken-1.0.tar.gz"
    index.files[broken] = sdist("broken", "1.0", fails=True)
    index.details[broken] = {}
    index.has_metadata = False
    with served(index) as address:
        settings = only(address, cache)
        assert "plain==1.0" in explained(settings, "plain").solution
        found = explained(settings, "broken")
    assert not found.is_met
    assert "no usable wheels" in found.conflicts[0].said


def sdist(name: str, version: str, *needs: str, fails: bool = False) -> bytes:
    """A source distribution with a build backend of its own, so that building it needs nothing else."""
    import io
    import tarfile

    backend = (
        "import os, zipfile\n"
        f"def build_wheel(directory, config_settings=None, metadata_directory=None):\n"
        f"    {'raise SystemExit(1)' if fails else 'pass'}\n"
        f"    path = os.path.join(directory, '{name}-{version}-py3-none-any.whl')\n"
        "    with zipfile.ZipFile(path, 'w') as one:\n"
        f"        folder = '{name}-{version}.dist-info'\n"
        f"        needs = ''.join(f'Requires-Dist: {{need}}\\n' for need in {needs!r})\n"
        f"        one.writestr(folder + '/METADATA', "
        f"'Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n' + needs)\n"
        "        one.writestr(folder + '/WHEEL', "
        "'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')\n"
        "        one.writestr(folder + '/RECORD', '')\n"
        f"    return '{name}-{version}-py3-none-any.whl'\n"
    )
    files = {
        "pyproject.toml": '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
        "backend.py": backend,
        "PKG-INFO": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
    }
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for path, text in files.items():
            member = tarfile.TarInfo(f"{name}-{version}/{path}")
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text.encode()))
    return packed.getvalue()
