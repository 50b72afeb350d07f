"""Another Python: its minor version, its ABI, and what changed in the language."""

from samestack.model import Layer
from samestack.model.risk import Risk
from tests.compare.risk.changes import component, risk_of, told, with_facts


def test_another_minor_version_loads_other_packages() -> None:
    before, after = component(Layer.PYTHON, "python", "3.11.7"), component(Layer.PYTHON, "python", "3.12.1")
    assert risk_of(before, after) is Risk.BREAKS
    assert "one minor version" in told(before, after)
    assert "compensates rounding" in told(before, after)


def test_a_bug_fix_of_one_minor_version_is_unknown() -> None:
    before, after = component(Layer.PYTHON, "python", "3.11.6"), component(Layer.PYTHON, "python", "3.11.7")
    assert risk_of(before, after) is Risk.UNKNOWN


def test_another_abi_or_implementation_loads_other_packages() -> None:
    before = with_facts(Layer.PYTHON, "python", "3.13.0", abi="cp313")
    after = with_facts(Layer.PYTHON, "python", "3.13.0", abi="cp313t")
    assert risk_of(before, after) is Risk.BREAKS
    assert risk_of(with_facts(Layer.PYTHON, "python", "3.13.0"), after) is Risk.UNKNOWN


def test_another_compiler_is_unknown() -> None:
    before = component(Layer.PYTHON, "python", "3.11.7", build="GCC 10")
    assert risk_of(before, component(Layer.PYTHON, "python", "3.11.7", build="GCC 12")) is Risk.UNKNOWN


def test_a_python_that_is_gone_runs_nothing() -> None:
    assert risk_of(component(Layer.PYTHON, "python", "3.11.7"), None) is Risk.BREAKS
    assert risk_of(None, component(Layer.PYTHON, "python", "3.11.7")) is Risk.UNKNOWN
