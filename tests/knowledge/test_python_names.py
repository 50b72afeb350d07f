import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.knowledge import python_names
from samestack.knowledge.python_names import PythonName, conda_name, pypi_name
from samestack.model import normalized_python_name

TABLE = Path(python_names.__file__).with_suffix(".tsv")
ROWS = [line.split("\t") for line in TABLE.read_text().splitlines() if not line.startswith("#")]


@pytest.mark.parametrize(
    ("pypi", "conda"),
    [
        ("torch", "pytorch"),
        ("opencv-python", "opencv"),
        ("opencv-python-headless", "opencv"),
        ("tensorflow", "tensorflow"),
        ("faiss-cpu", "faiss-cpu"),
        ("nvidia-cudnn-cu12", "cudnn"),
        ("nvidia-cublas-cu11", "libcublas"),
        ("xgboost", "py-xgboost"),
        ("tables", "pytables"),
        ("Torch_Geometric", "pytorch_geometric"),
        ("cyipopt", "cyipopt"),
        ("lit", "lit"),
    ],
)
def test_what_a_distribution_is_called_in_conda(pypi: str, conda: str) -> None:
    assert conda_name(pypi) == PythonName(conda, known=True)


@pytest.mark.parametrize(
    ("conda", "pypi"),
    [
        ("pytorch", "torch"),
        ("pytorch-gpu", "torch"),
        ("opencv", "opencv-python"),
        ("py-opencv", "opencv-python"),
        ("cudnn", "nvidia-cudnn-cu12"),
        ("matplotlib-base", "matplotlib"),
        ("pytorch_geometric", "torch-geometric"),
        ("cyipopt", "cyipopt"),
        ("pyqt", "pyqt5"),
    ],
)
def test_what_a_conda_package_is_called_in_the_index(conda: str, pypi: str) -> None:
    assert pypi_name(conda) == PythonName(pypi, known=True)


@pytest.mark.parametrize("name", ["numpy", "Scikit_Learn", "ruamel.yaml"])
def test_other_names_are_assumed_to_be_the_same(name: str) -> None:
    assumed = PythonName(normalized_python_name(name), known=False)
    assert pypi_name(name) == conda_name(name) == assumed


@given(st.sampled_from([row[0] for row in ROWS]))
def test_a_name_that_is_known_in_conda_leads_back_to_a_known_name(pypi: str) -> None:
    there = conda_name(pypi)
    back = pypi_name(there.name)
    assert there.known
    assert back.known
    assert conda_name(back.name) == there


def test_every_row_has_three_columns_and_a_source() -> None:
    assert len(ROWS) > 200
    for row in ROWS:
        pypi, conda, source = row
        assert pypi == normalized_python_name(pypi)
        assert conda == conda.lower()
        assert re.fullmatch(r"conda-forge/[a-z0-9-]+-feedstock|conda-pypi [\d.]+", source)


def test_no_row_stands_twice() -> None:
    assert len({tuple(row[:2]) for row in ROWS}) == len(ROWS)
