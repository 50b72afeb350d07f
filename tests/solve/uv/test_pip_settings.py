"""Pip's configuration is read where pip reads it, and wins in pip's order."""

import os
from pathlib import Path

from samestack.solve.uv.pip_settings import PipSettings, pip_settings


def variables(home: Path, **more: str) -> dict[str, str]:
    return {"HOME": str(home), "XDG_CONFIG_DIRS": str(home / "machine"), **more}


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_a_machine_that_says_nothing(tmp_path: Path) -> None:
    said = variables(tmp_path, PIP_CONFIG_FILE=os.devnull)
    assert pip_settings(said) == PipSettings()


def test_the_most_particular_file_wins_and_variables_above_all(tmp_path: Path) -> None:
    write(
        tmp_path / "machine/pip/pip.conf",
        "[global]\nindex-url = https://machine.example/simple\nfind-links = /srv/wheels\n",
    )
    write(
        tmp_path / ".config/pip/pip.conf",
        "[global]\nindex_url = https://user:p%40ss@own.example/simple\n"
        "extra-index-url =\n    https://a.example/simple\n    https://b.example/simple\n",
    )
    found = pip_settings(variables(tmp_path))
    assert found.index == "https://user:p%40ss@own.example/simple"
    assert found.extra_indexes == ("https://a.example/simple", "https://b.example/simple")
    assert found.links == ("/srv/wheels",)
    assert pip_settings(variables(tmp_path, PIP_INDEX_URL="https://c.example")).index == "https://c.example"


def test_a_file_of_ones_own_wins_over_the_others(tmp_path: Path) -> None:
    write(tmp_path / ".config/pip/pip.conf", "[global]\nindex-url = https://own.example\n")
    write(tmp_path / "other.conf", "[install]\nindex-url = https://other.example\n")
    said = variables(tmp_path, PIP_CONFIG_FILE=str(tmp_path / "other.conf"))
    assert pip_settings(said).index == "https://other.example"


def test_a_file_that_cannot_be_read_is_as_if_it_were_not_there(tmp_path: Path) -> None:
    write(tmp_path / ".config/pip/pip.conf", "index-url = no section above it")
    write(tmp_path / ".pip/pip.conf", "[global]\nindex-url = https://old.example\n")
    assert pip_settings(variables(tmp_path)).index == "https://old.example"
