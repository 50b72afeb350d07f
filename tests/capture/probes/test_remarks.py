"""Remarks on Pythons: cleaned, and every code of them documented."""

import inspect
import re
from pathlib import Path

import pytest

from samestack.capture.probes.python import (
    core_metadata,
    dist_info,
    distributions,
    egg_info,
    environment,
    interpreter,
)
from samestack.capture.probes.remarks import package_remark, python_remark, shown_path
from samestack.capture.tree import MachineTree
from samestack.model import Layer

CODE = re.compile(r'(?:yield \(?|(?:package|python)_remark\(\s*tree,)\s*"([a-z-]+)"')
MODULES = (core_metadata, dist_info, distributions, egg_info, environment, interpreter)
CODES = sorted({code for module in MODULES for code in CODE.findall(inspect.getsource(module))})
PAGE = Path(__file__).parents[3] / "docs/reference/capture-python.md"


def test_secrets_and_control_characters_are_cut_out() -> None:
    text = "https://user:hunter2@host.example/\x1b[31m\n"
    for remark in (
        package_remark(MachineTree(), "code", text, text, "/a\udcff\n"),
        python_remark(MachineTree(), "code", text, "/a\udcff\n"),
    ):
        said = remark.subject + remark.message + remark.place
        assert "hunter2" not in said
        assert said.isprintable()
        assert said.encode()


def test_a_remark_on_an_interpreter_is_of_its_layer() -> None:
    remark = python_remark(MachineTree(), "code", "message", "/place")
    assert (remark.layer, remark.subject, remark.place) == (Layer.PYTHON, "python", "/place")


def test_an_ordinary_path_stays_as_it_is() -> None:
    assert shown_path("/opt/my environment/\u00fc") == "/opt/my environment/\u00fc"


def test_the_codes_are_found() -> None:
    assert len(CODES) == 19


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_documented(code: str) -> None:
    assert f"| `{code}` |" in PAGE.read_text()
