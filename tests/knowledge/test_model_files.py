from packaging.specifiers import SpecifierSet
from packaging.version import Version

from samestack.knowledge.model_files import onnx_runtimes, pickled_names


def test_every_row_has_a_source_and_specifiers_that_can_be_read() -> None:
    for row in pickled_names().names:
        assert SpecifierSet(row.needs)
        SpecifierSet(row.written)
        assert all(source.startswith("https://") for source in row.sources)
        assert row.sources
        assert row.text.endswith(".")


def test_a_row_speaks_of_a_class_and_of_its_writer() -> None:
    old, new = (row for row in pickled_names().names if row.begins == "sklearn.tree._tree.Tree")
    assert old.is_about("sklearn.tree._tree.Tree", "1.2.2")
    assert not new.is_about("sklearn.tree._tree.Tree", "1.2.2")
    assert not old.is_about("sklearn.tree._tree.Tree", "")
    assert not old.is_about("sklearn.tree._classes.DecisionTreeClassifier", "1.2.2")
    assert old.is_met_by(Version("1.2.0"))
    assert not old.is_met_by(Version("1.3.0"))


def test_releases_load_more_and_more() -> None:
    releases = [onnx_runtimes().releases[since] for since in sorted(onnx_runtimes().releases, key=Version)]
    assert releases == sorted(releases)


def test_what_a_release_loads_is_what_the_last_row_before_it_says() -> None:
    runtimes = onnx_runtimes()
    assert runtimes.newest(Version("1.16.3")) == (19, 9)
    assert runtimes.newest(Version("1.0")) is None
    assert runtimes.first_with(17, 8) == "1.12"
    assert runtimes.first_with(999, 8) is None
