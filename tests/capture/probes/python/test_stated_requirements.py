"""What distributions say they need, as their own Python reads it; and metadata gone wrong."""

import json
from email.message import EmailMessage
from importlib.metadata import PathDistribution
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from packaging.requirements import Requirement

from samestack.capture.options import Options
from samestack.capture.probes.python.distribution import Distribution
from samestack.capture.probes.python.stated_requirements import (
    MAX_REQUIREMENTS,
    header_values,
    stated_requirements,
)
from samestack.capture.readers.environments.venv import read
from samestack.model import Layer, Value
from tests.capture.planted import write
from tests.capture.probes.memory_tree import MemoryTree
from tests.capture.real_environments import TOOLS, environment, run

VARIED = ("requests==2.31.0", "google-auth==2.29.0", "setuptools==68.0.0", "six==1.16.0", "cffi==1.17.1")
STATED = """
import importlib.metadata as m, json
print(json.dumps({d.metadata["Name"].lower(): [d.requires or [], d.metadata["Requires-Python"]]
    for d in m.distributions()}))
"""
SECTIONS = """
idna>=2.5

[:python_version < "3.9"]
importlib-metadata
[socks]
PySocks!=1.5.7,>=1.5.6
[socks:sys_platform == "win32" or os_name == "nt"]
win_inet_pton
"""


def facts_of(metadata: str | bytes, name: str = "METADATA") -> dict[str, Value]:
    place = "/site/demo-1.0.dist-info" if name == "METADATA" else "/site/demo.egg-info"
    tree = MemoryTree({f"{place}/{name}": metadata})
    return stated_requirements(tree, distribution(place))


def distribution(place: str) -> Distribution:
    return Distribution(name="demo", version="1.0", site_directory="/site", metadata_directory=place)


@pytest.mark.registry
@pytest.mark.parametrize("series", ["3.8", "3.12"])
@pytest.mark.parametrize("tool", TOOLS)
def test_its_own_python_reads_the_same(tool: str, series: str) -> None:
    prefix = environment(tool, series, *VARIED)
    stated = json.loads(run(prefix / "bin/python", "-c", STATED))
    observation = read(str(prefix), Options(deep=True))
    found = {
        one.name: [list(one.facts.get("requires", ())), one.facts.get("requires_python")]  # type: ignore[arg-type]
        for one in observation.components
        if one.layer is Layer.PACKAGES
    }
    assert len(found["requests"][0]) == 6  # type: ignore[arg-type]
    assert found == stated


def test_a_plain_capture_states_none(tmp_path: Path) -> None:
    assert facts_of("Name: demo\nRequires-Dist: six\n") == {"requires": ("six",)}
    assert facts_of("Name: demo\n\nRequires-Dist: six\n") == {}
    assert facts_of("") == {}


@pytest.mark.parametrize(
    ("metadata", "requires"),
    [
        ("Requires-Dist: a\nRequires-Dist: b (>1)\n", ("a", "b (>1)")),
        ("Name: x\r\nREQUIRES-DIST:a\r\nrequires-dist:  b  \r\n", ("a", "b")),
        (
            'Requires-Dist: a ;\n  python_version\n\t< "3"\nRequires-Dist: b\n',
            ('a ; python_version < "3"', "b"),
        ),
        ("Summary: x\n  Requires-Dist: no\nRequires-Dist: a", ("a",)),
        ("Requires-Dist:\nRequires-Dist: a\n", ("a",)),
        ("Requires-Dist: a\x00b\x1b[31m\n", ("a\ufffdb\ufffd[31m",)),
        ("Requires-Dist: a @ https://user:hunter2@host.example/a.whl\n", ("a @ https://host.example/a.whl",)),
    ],
)
def test_headers_as_they_are_written(metadata: str, requires: tuple[str, ...]) -> None:
    assert facts_of(metadata) == {"requires": requires}


_WORDS = st.text(st.characters(codec="ascii", categories=("L", "N", "P")), min_size=1, max_size=8)


@example(["a"], ["b"])
@given(st.lists(_WORDS, max_size=4), st.lists(_WORDS, max_size=3))
def test_a_parser_of_mail_reads_the_same(values: list[str], others: list[str]) -> None:
    text = "".join(f"Requires-Dist: {value}\n" for value in values)
    text = "".join(f"Classifier: {other}\n Requires-Dist: no\n" for other in others) + text
    import email

    parsed: EmailMessage = email.message_from_string(text + "\nRequires-Dist: no\n")  # type: ignore[assignment]
    assert tuple(header_values(f"\n{text}".encode(), b"requires-dist")) == tuple(
        parsed.get_all("Requires-Dist", [])
    )


def test_requires_python_is_one_text() -> None:
    assert facts_of("Requires-Python: >=3.8,\n <4\n") == {"requires_python": ">=3.8, <4"}


def test_the_list_of_an_older_setuptools_is_read_as_python_reads_it(tmp_path: Path) -> None:
    directory = tmp_path / "demo.egg-info"
    write(directory / "PKG-INFO", "Metadata-Version: 1.2\nName: demo\nVersion: 1\n")
    write(directory / "requires.txt", SECTIONS)
    tree = MemoryTree({f"/site/demo.egg-info/{one.name}": one.read_bytes() for one in directory.iterdir()})
    found = stated_requirements(tree, distribution("/site/demo.egg-info"))["requires"]
    assert isinstance(found, tuple)
    theirs = PathDistribution(directory).requires
    assert theirs is not None
    assert found == (
        "idna>=2.5",
        'importlib-metadata ; python_version < "3.9"',
        'PySocks!=1.5.7,>=1.5.6 ; extra == "socks"',
        'win_inet_pton ; (sys_platform == "win32" or os_name == "nt") and extra == "socks"',
    )
    assert {str(Requirement(text)) for text in found} == {str(Requirement(text)) for text in theirs}


def test_what_an_egg_info_states_itself_comes_before_the_list() -> None:
    place = "/site/demo-1.0.egg-info"
    tree = MemoryTree({f"{place}/PKG-INFO": "Requires-Dist: a\n", f"{place}/requires.txt": "b\n"})
    assert stated_requirements(tree, distribution(place)) == {"requires": ("a",)}
    assert stated_requirements(MemoryTree({place: "Requires-Dist: c\n"}), distribution(place)) == {
        "requires": ("c",)
    }


def test_no_more_than_is_believed() -> None:
    found = facts_of("Requires-Dist: six\n" * (MAX_REQUIREMENTS + 10) + "Requires-Dist: " + "x" * 9000)
    assert len(found["requires"]) == MAX_REQUIREMENTS  # type: ignore[arg-type]
    long = facts_of("Requires-Dist: " + "x" * 9000)["requires"]
    assert isinstance(long, tuple)
    assert [len(text) for text in long] == [2048]
