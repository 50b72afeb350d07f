"""A checkout is told from all others."""

from pathlib import Path

from samestack.deploy.checkout import checkout


def test_the_same_directory_is_the_same_checkout_by_whatever_name(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "link").symlink_to("one")
    assert checkout(tmp_path / "one") == checkout(tmp_path / "link")


def test_one_that_was_made_anew_in_its_place_is_another(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    before = {checkout(tmp_path / name) for name in ("one", "two")}
    assert len(before) == 2
    (tmp_path / "one").rename(tmp_path / "three")
    (tmp_path / "one").mkdir()
    assert checkout(tmp_path / "one") not in before
