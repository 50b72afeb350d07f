"""Environment variables are read by allow-list only, and cleaned."""

from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.probes.host.variables import read_variables
from samestack.knowledge.variables import VARIABLES
from samestack.model import Configuration, Layer

KNOWN = [row.name for row in VARIABLES]


def test_known_variables_become_configuration() -> None:
    observation = read_variables({"OMP_NUM_THREADS": "4", "HF_TOKEN": "hunter2", "HOME": "/home/ada"})
    (component,) = observation.components
    assert (component.layer, component.name, component.version) == (
        Layer.CONFIGURATION,
        "OMP_NUM_THREADS",
        "4",
    )
    assert observation.remarks == ()


def test_a_variable_that_is_set_to_nothing_is_not_one_that_is_missing() -> None:
    assert [one.version for one in read_variables({"CUDA_VISIBLE_DEVICES": ""}).components] == [""]


def test_credentials_are_cut_out() -> None:
    (component,) = read_variables({"PYTHONPATH": "https://ada:hunter2@index.example/x"}).components
    assert component.version == "https://index.example/x"


def test_a_value_that_is_no_text_can_be_written() -> None:
    (component,) = read_variables({"PYTHONPATH": "https://index.example/?token=hunter2&x=\udc80"}).components
    assert "hunter2" not in str(component.version)
    assert str(component.version).encode()


def test_a_long_value_is_cut_with_a_remark() -> None:
    observation = read_variables({"LD_LIBRARY_PATH": "/opt/lib:" * 100})
    assert len(str(observation.components[0].version)) == 256
    assert [(remark.code, remark.subject) for remark in observation.remarks] == [
        ("value-cut", "LD_LIBRARY_PATH")
    ]


@given(st.dictionaries(st.sampled_from(KNOWN) | st.text(max_size=8), st.text(st.characters(), max_size=300)))
def test_nothing_else_is_read_and_every_value_can_be_written(environment: dict[str, str]) -> None:
    configuration = Configuration(read_variables(environment).components)
    assert {component.name for component in configuration} == environment.keys() & set(KNOWN)
