"""samestack starts and reads settings without the libraries that comparing takes."""

import subprocess
import sys

import pytest

from samestack.behaviour.comparing.comparison import compare
from samestack.behaviour.comparing.defaults import TOLERANCES
from samestack.behaviour.comparing.kind import Kind
from samestack.errors import RequestError


def test_rules_and_settings_are_there_without_numpy() -> None:
    script = (
        "import sys, samestack.behaviour.comparing.answers,"
        " samestack.behaviour.comparing.settings_document\n"
        "print({'numpy', 'scipy', 'PIL'} & set(sys.modules))"
    )
    output = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert output == "set()\n"


def test_scipy_is_not_loaded_for_what_does_without() -> None:
    script = (
        "import sys; from samestack.behaviour.comparing.comparison import compare, Kind\n"
        "from samestack.behaviour.comparing.defaults import default_tolerance\n"
        "assert compare(Kind.FLOAT, 1.0, 1.0, default_tolerance(Kind.FLOAT)).is_same\n"
        "print('scipy' in sys.modules)"
    )
    output = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert output == "False\n"


@pytest.mark.parametrize("kind", Kind)
def test_a_missing_library_is_named_with_its_remedy(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(sys.modules):
        if name.startswith("samestack.behaviour.comparing.") and not name.endswith(".kind"):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "numpy", None)
    with pytest.raises(RequestError) as error:
        compare(kind, 1, 2, TOLERANCES[kind]())
    assert error.value.message == "comparing answers takes numpy, which is not installed"
    assert error.value.hint == 'install it with: pip install "samestack[behaviour]"'
