from packaging.version import Version

from samestack.knowledge.numpy_two import numpy_two


def test_the_first_release_for_numpy_2_comes_after_the_last_for_numpy_1() -> None:
    for last, first in numpy_two().packages.values():
        assert Version(last) < Version(first)


def test_what_lies_between_the_two_is_not_told() -> None:
    assert numpy_two().first_after("hdbscan", Version("0.8.33")) == "0.8.40"
    assert numpy_two().first_after("hdbscan", Version("0.8.36")) is None
    assert numpy_two().first_after("hdbscan", Version("0.8.40")) is None
    assert numpy_two().first_after("requests", Version("1.0")) is None
