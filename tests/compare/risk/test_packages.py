"""Packages: tables, rebuilds, presence, and the form of a step."""

import pytest

from samestack.model import Ecosystem
from samestack.model.risk import Risk
from tests.compare.risk.changes import package, reasons_of, risk_of, told


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("2.31.0", "2.31.1", "A bug-fix step; no table tells of requests."),
        ("2.30.0", "2.31.0", "A minor step; no table"),
        ("2.31.0", "3.0.0", "A major step, which may break; no table"),
        ("0.9.0", "0.10.0", "A step before version 1.0"),
        ("2023.7.22", "2024.2.2", "versions that are dates"),
        ("1.0", "2.0rc1", "to a pre-release"),
        ("1.0", "trunk", "whose order is unknown"),
        ("1.0", "1.0.post1", "A rebuild of one version"),
        ("2.31.1", "2.31.0", "A bug-fix step, downwards; no table"),
    ],
)
def test_what_no_table_tells_is_unknown_and_says_how_far_the_step_goes(
    before: str, after: str, words: str
) -> None:
    assert risk_of(package("requests", before), package("requests", after)) is Risk.UNKNOWN
    assert words in told(package("requests", before), package("requests", after))


def test_a_step_that_crosses_no_row_is_unknown_and_names_the_table() -> None:
    (reason,) = reasons_of(package("numpy", "1.26.3"), package("numpy", "1.26.4"))
    assert reason.risk is Risk.UNKNOWN
    assert reason.text == "A bug-fix step; the table of numpy tells of no change between the two."
    assert reason.dated


def test_some_components_promise_nothing_from_release_to_release() -> None:
    assert risk_of(package("torch", "2.2.0"), package("torch", "2.2.1")) is Risk.RESULTS


def test_tools_that_programs_do_not_use_bear_no_risk() -> None:
    assert risk_of(package("pip", "23.0"), package("pip", "26.0")) is Risk.NONE
    assert risk_of(None, package("wheel", "0.40.0")) is Risk.NONE
    assert risk_of(package("wheel", "0.40.0"), None) is Risk.NONE


def test_a_package_that_is_gone_breaks_and_a_new_one_is_unknown() -> None:
    assert risk_of(package("requests", "2.31.0"), None) is Risk.BREAKS
    assert risk_of(None, package("requests", "2.31.0")) is Risk.UNKNOWN


@pytest.mark.parametrize("after", ["2.1.0+cu121", "2.1.0+cpu", "2.1.0"])
def test_a_build_for_another_accelerator_computes_otherwise(after: str) -> None:
    assert risk_of(package("torch", "2.1.0+cu118"), package("torch", after)) is Risk.RESULTS
    assert "another version of CUDA" in told(package("torch", "2.1.0+cu118"), package("torch", after))


def test_a_conda_build_with_another_blas_computes_otherwise() -> None:
    before = package("numpy", "1.26.4", build="py311_mkl_0", ecosystem=Ecosystem.CONDA)
    after = package("numpy", "1.26.4", build="py311_openblas_0", ecosystem=Ecosystem.CONDA)
    assert risk_of(before, after) is Risk.RESULTS
    assert "Another BLAS" in told(before, after)


def test_a_rebuilt_numeric_library_can_change_results_and_another_package_is_unknown() -> None:
    for name, risk in [("scipy", Risk.RESULTS), ("requests", Risk.UNKNOWN)]:
        before = package(name, "1.11.4", content="sha256:aa")
        after = package(name, "1.11.4", content="sha256:bb")
        assert risk_of(before, after) is risk
        assert "The same version, but other content." in told(before, after)


def test_one_version_written_otherwise_is_not_a_step() -> None:
    assert risk_of(package("torch", "2.1"), package("torch", "2.1.0")) is Risk.UNKNOWN


def test_other_facts_alone_do_not_make_a_rebuild() -> None:
    before, after = package("numpy", "1.26.4", facts={"a": 1}), package("numpy", "1.26.4", facts={"a": 2})
    assert risk_of(before, after) is Risk.UNKNOWN


def test_versions_that_are_not_stated_are_unknown() -> None:
    assert risk_of(package("numpy", None, requirement=">=1"), package("numpy", "2.0.0")) is Risk.UNKNOWN
    assert "numpy >=1 became numpy >=2" in told(
        package("numpy", None, requirement=">=1"), package("numpy", None, requirement=">=2")
    )


def test_condas_names_find_the_same_table() -> None:
    before = package("pytorch", "1.11.0", ecosystem=Ecosystem.CONDA)
    after = package("pytorch", "1.12.0", ecosystem=Ecosystem.CONDA)
    assert "1.12.0 undoes this: On Ampere" in told(before, after)
    hub = [package("huggingface_hub", version, ecosystem=Ecosystem.CONDA) for version in ("0.36.0", "1.0.0")]
    assert risk_of(hub[0], hub[1]) is Risk.BREAKS


def test_a_first_release_that_works_bears_a_risk_only_backwards() -> None:
    old, new = package("matplotlib", "3.8.3"), package("matplotlib", "3.8.4")
    assert risk_of(old, new) is Risk.NONE
    assert risk_of(new, old) is Risk.BREAKS
    assert "Going back before 3.8.4:" in told(new, old)


def test_going_back_into_a_range_brings_its_behaviour_back() -> None:
    assert "Going back before 4.6.0 brings this: connectedComponents" in told(
        package("opencv-python", "4.6.0.66"), package("opencv-python", "4.5.5.64")
    )
