from samestack.knowledge.optional_libraries import optional_libraries, optional_library


def test_a_row_is_found_by_package_and_pattern() -> None:
    row = optional_library("cupy-cuda12x", "libcutensorMg.so.2")
    assert row is not None
    assert not row.one_suffices
    assert optional_library("cupy-cuda12x", "libcublas.so.12") is None
    assert optional_library("scipy", "libtbb.so.12") is None


def test_every_row_has_a_source() -> None:
    for row in optional_libraries().rows:
        assert row.text.endswith(".")
        assert all(source.startswith("https://") for source in row.sources)
