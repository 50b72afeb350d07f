"""Pages of an index in each of their forms, and the metadata of wheels wherever they stand."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from samestack.errors import OutsideError
from samestack.solve.index import fetching
from samestack.solve.index.pages import IndexFile, files_linked, files_of
from samestack.solve.index.wheel_metadata import requirements_of
from tests.solve.local_index import LocalIndex, served, wheel

NEEDS = ("numpy<1.25,>=1.21", "colour; extra == 'pretty'")


def index(**how: bool) -> LocalIndex:
    made = LocalIndex(**how)
    made.add("pandas", "1.4.0", *NEEDS, requires_python=">=3.8", uploaded="2022-01-22T10:00:00Z")
    return made


def test_a_page_of_json_tells_all_of_a_file() -> None:
    with served(index()) as address:
        (file,) = files_of(address, "pandas") or ()
    assert file.name == "pandas-1.4.0-py3-none-any.whl"
    assert file.address.endswith("/files/pandas-1.4.0-py3-none-any.whl")
    assert (file.requires_python, file.has_metadata, file.is_yanked) == (">=3.8", True, False)
    assert file.uploaded == datetime(2022, 1, 22, 10, tzinfo=UTC)


def test_a_page_of_html_tells_all_but_the_time() -> None:
    with served(index(is_json=False)) as address:
        (file,) = files_of(address, "pandas") or ()
    assert (file.requires_python, file.has_metadata, file.uploaded) == (">=3.8", True, None)


def test_a_package_that_is_not_there_is_not_known() -> None:
    with served(index()) as address:
        assert files_of(address, "numpy") is None


def test_a_page_that_is_none_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "pandas").mkdir()
    with served(LocalIndex(status=500)) as address, pytest.raises(OutsideError, match="500"):
        files_of(address, "pandas")
    page = fetching.Page(b'{"files": [{"filename": 1}]}', "application/json", "http://127.0.0.1/")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("samestack.solve.index.pages.read", lambda *_, **__: page)
        with pytest.raises(OutsideError, match=r"is no page of a package index: .*\$\.files\[0\]\.filename"):
            files_of("http://127.0.0.1", "pandas")


def test_a_directory_of_files_is_listed(tmp_path: Path) -> None:
    (tmp_path / "one-1.0-py3-none-any.whl").write_bytes(wheel("one", "1.0", ["two"], "py3-none-any"))
    (file,) = files_linked(str(tmp_path))
    assert requirements_of(file) == ("two",)


@pytest.mark.parametrize("gives_ranges", [True, False])
@pytest.mark.parametrize("has_metadata", [True, False])
def test_what_a_wheel_asks_for_is_read_from_wherever_it_stands(
    *, gives_ranges: bool, has_metadata: bool
) -> None:
    made = index(gives_ranges=gives_ranges, has_metadata=has_metadata)
    with served(made) as address:
        (file,) = files_of(address, "pandas") or ()
        assert requirements_of(file) == NEEDS
    assert made.asked[-1].endswith(".metadata") == has_metadata


def test_of_a_large_wheel_only_the_parts_are_fetched_that_are_needed() -> None:
    made = LocalIndex(gives_ranges=True, has_metadata=False)
    name = made.add("torch", "2.0", "numpy", size=3 << 20)
    with served(made) as address:
        (file,) = files_of(address, "torch") or ()
        sizes = []
        with pytest.MonkeyPatch.context() as patch:
            whole = fetching.read

            def counted(*arguments: object, **named: object) -> fetching.Page | None:
                page = whole(*arguments, **named)  # type: ignore[arg-type]
                sizes.append(len(page.content) if page else 0)
                return page

            patch.setattr("samestack.solve.index.wheel_metadata.read", counted)
            assert requirements_of(file) == ("numpy",)
    assert sum(sizes) < len(made.files[name]) / 4


def test_a_wheel_that_is_no_archive_tells_nothing(tmp_path: Path) -> None:
    path = tmp_path / "bad-1.0-py3-none-any.whl"
    path.write_bytes(b"no archive")
    assert requirements_of(IndexFile(name=path.name, address=path.as_uri())) is None


def test_an_address_of_another_kind_is_not_read() -> None:
    with pytest.raises(OutsideError, match="addresses of this kind are not read"):
        fetching.read("ftp://anna:hunter2@127.0.0.1/x", 10)


def test_a_page_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    made = index(has_metadata=False)
    (tmp_path / "large").write_bytes(bytes(100))
    with served(made) as address, pytest.raises(OutsideError, match="larger than 10 bytes"):
        fetching.read(f"{address}/pandas/", 10)
    with pytest.raises(OutsideError, match="larger than 10 bytes"):
        fetching.read(str(tmp_path / "large"), 10)


def test_what_unpacks_to_more_than_the_limit_is_not_read() -> None:
    packed = gzip.compress(bytes(1_000_000))
    assert len(fetching._unpacked(packed, 5000, "page")) == 5001
    with pytest.raises(OutsideError, match="compressed in a broken way"):
        fetching._unpacked(b"not packed at all", 5000, "page")


def test_credentials_go_to_the_index_and_its_own_files_only() -> None:
    page = fetching.Page(
        b'<a href="/files/a-1.0-py3-none-any.whl">a</a><a href="http://elsewhere.example/b-1.0.tar.gz">b</a>',
        "text/html",
        "http://127.0.0.1:9/simple/a/",
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("samestack.solve.index.pages.read", lambda *_, **__: page)
        own, other = files_of("http://anna:hunter2@127.0.0.1:9/simple", "a") or ()
    assert own.address == "http://anna:hunter2@127.0.0.1:9/files/a-1.0-py3-none-any.whl"
    assert other.address == "http://elsewhere.example/b-1.0.tar.gz"
