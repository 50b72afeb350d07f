"""What no installer says: binaries beside a numpy that they were not made for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.options import Options
from samestack.capture.probes.binaries.numpy_mismatches import numpy_mismatches
from samestack.capture.probes.python.distribution import Distribution
from samestack.capture.readers.environments.venv import read
from samestack.capture.tree import MachineTree
from samestack.model import Value
from tests.capture.real_environments import environment


def distribution(name: str, version: str | None) -> Distribution:
    return Distribution(
        name=name,
        version=version,
        site_directory="/site",
        metadata_directory=f"/site/{name}-{version}.dist-info",
    )


@pytest.mark.parametrize(
    ("facts", "numpy", "said"),
    [
        ({"numpy_abi": "1.x"}, "2.2.6", "compiled against numpy 1 and does not work with numpy 2.2.6"),
        ({"numpy_abi": "1.x"}, "1.26.4", None),
        ({"numpy_abi": "2.x", "numpy_lowest": "1.20"}, "2.0.0rc1", None),
        ({"numpy_abi": "2.x", "numpy_lowest": "2.3"}, "2.2.6", "for numpy 2.3 or later, and numpy 2.2.6"),
        ({"numpy_abi": "both"}, "2.2.6", None),
        ({"numpy_abi": "unknown"}, "2.2.6", None),
        ({}, "2.2.6", None),
        ({"numpy_abi": "1.x"}, None, None),
    ],
)
def test_each_verdict(facts: dict[str, Value], numpy: str | None, said: str | None) -> None:
    pandas = distribution("pandas", "1.4.0")
    remarks = numpy_mismatches(
        MachineTree(), (distribution("numpy", numpy), pandas), {pandas.metadata_directory: facts}
    )
    assert [remark.subject for remark in remarks] == ([] if said is None else ["pandas"])
    assert said is None or said in remarks[0].message


def test_beside_two_numpys_nothing_is_said() -> None:
    pandas = distribution("pandas", "1.4.0")
    both = (distribution("numpy", "1.26.4"), distribution("numpy", "2.2.6"), pandas)
    assert numpy_mismatches(MachineTree(), both, {pandas.metadata_directory: {"numpy_abi": "1.x"}}) == ()


@given(st.text(), st.text())
def test_any_version_is_taken(version: str, lowest: str) -> None:
    pandas = distribution("pandas", "1.4.0")
    facts = {pandas.metadata_directory: {"numpy_abi": "1.x", "numpy_lowest": lowest}}
    numpy_mismatches(MachineTree(), (distribution("numpy", version), pandas), facts)


@pytest.mark.registry
def test_pandas_1_4_under_numpy_2_is_remarked_on() -> None:
    broken = environment("uv", "3.10", "pandas==1.4.0", "numpy==2.2.6")
    observation = read(str(broken), Options(deep=True))
    assert [one.label for one in observation.components if one.name in {"numpy", "pandas"}] == [
        "numpy 2.2.6",
        "pandas 1.4.0",
    ]
    odd = {(remark.code, remark.subject) for remark in observation.remarks}
    assert ("numpy-abi", "pandas") in odd
