"""The table of libraries and the packages that bring them."""

from samestack.knowledge.library_packages import library_package, library_packages

ROWS = library_packages().libraries


def test_every_row_names_a_package_and_a_source() -> None:
    for row in ROWS:
        assert row.debian or row.pypi or row.cuda
        assert row.sonames
        assert row.sources
        assert all(source.startswith("https://") for source in row.sources)
        assert row.debian_13 != row.debian


def test_no_library_stands_twice() -> None:
    sonames = [soname for row in ROWS for soname in row.sonames]
    assert len(sonames) == len(set(sonames)) >= 40
    assert all(".so" in soname for soname in sonames)


def test_what_wheels_of_machine_learning_lack_most_is_there() -> None:
    expected = {
        "libGL.so.1": "libgl1",
        "libgthread-2.0.so.0": "libglib2.0-0",
        "libSM.so.6": "libsm6",
        "libXext.so.6": "libxext6",
        "libXrender.so.1": "libxrender1",
        "libgomp.so.1": "libgomp1",
        "libsndfile.so.1": "libsndfile1",
        "libportaudio.so.2": "libportaudio2",
        "libasound.so.2": "libasound2",
        "libpq.so.5": "libpq5",
        "libodbc.so.2": "libodbc2",
        "libgeos_c.so.1": "libgeos-c1v5",
        "libspatialindex_c.so.6": "libspatialindex-c6",
        "libopenblas.so.0": "libopenblas0-pthread",
    }
    found = {soname: row.debian for soname in expected if (row := library_package(soname))}
    assert found == expected
    assert library_package("libnew.so.7") is None
