"""What the words of a command tell of its program."""

from pathlib import Path

from samestack.behaviour.bisecting.program import imported_packages, program_files


def test_a_text_on_the_command_line_tells_its_imports(tmp_path: Path) -> None:
    found = imported_packages(("python", "-c", "import cv2\nfrom PIL import Image"), tmp_path)
    assert found == {"opencv-python", "pillow"}


def test_a_script_tells_its_own_imports_and_those_of_its_neighbours(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src/check.py").write_text("import model\n")
    (tmp_path / "src/model.py").write_text("import sklearn.svm\n")
    found = imported_packages(("python", "src/check.py", "data.csv"), tmp_path)
    assert found == {"model", "scikit-learn"}
    assert program_files(("python", "src/check.py", "data.csv"), tmp_path) == (tmp_path / "src/check.py",)


def test_a_module_is_looked_for_in_the_directory(tmp_path: Path) -> None:
    (tmp_path / "detector").mkdir()
    (tmp_path / "detector/__main__.py").write_text("import numpy\n")
    (tmp_path / "one.py").write_text("import pandas\n")
    assert imported_packages(("python", "-m", "detector"), tmp_path) == {"numpy"}
    assert imported_packages(("python", "-m", "one"), tmp_path) == {"pandas"}
    assert imported_packages(("python", "-m", "pytest"), tmp_path) == frozenset()


def test_words_that_are_no_names_are_no_files(tmp_path: Path) -> None:
    words = ("", "a" * 5000, "nul\0", "--option=1")
    assert program_files(words, tmp_path) == ()
    assert imported_packages(words, tmp_path) == frozenset()
