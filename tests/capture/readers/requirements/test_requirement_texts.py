"""Single requirements: dependency specifiers, addresses and paths."""

from pathlib import Path

import pytest

from samestack.capture.readers.locks.provenance import UNSTATED, Provenance
from samestack.capture.readers.requirements.requirement_texts import UnnamedError, parsed_wish


@pytest.mark.parametrize(
    ("text", "name", "version", "marker"),
    [
        ("six", "six", None, None),
        ("Six.Moves [x,y] >= 1 ; os_name=='nt'", "six-moves", None, 'os_name == "nt"'),
        ("six(>=1)", "six", None, None),
        ("./six-1.16.0-py2.py3-none-any.whl", "six", "1.16.0", None),
        ("six-1.16.0-py2.py3-none-any.whl", "six", "1.16.0", None),
        ("six-1.16.0.tar.gz;os_name=='nt'", "six", "1.16.0", 'os_name == "nt"'),
        ("wheels/Torch-2.0.1+cu118-cp310-cp310-linux_x86_64.whl", "torch", "2.0.1+cu118", None),
        (
            "https://host.example/Torch-2.0.1%2Bcu118-cp310-cp310-linux_x86_64.whl",
            "torch",
            "2.0.1+cu118",
            None,
        ),
        ("https://host.example/a;b/six-1.16.zip ; os_name == 'nt'", "six", "1.16", 'os_name == "nt"'),
        ("git+https://git.example/a/b@1#egg=Six", "six", None, None),
        ("six @ https://host.example/six-1.16.0-py2.py3-none-any.whl", "six", "1.16.0", None),
        ("six @ https://host.example/idna-3.4-py3-none-any.whl", "six", None, None),
        ("six @ file:///srv/build/work", "six", None, None),
    ],
)
def test_name_version_and_marker(
    tmp_path: Path, text: str, name: str, version: str | None, marker: str | None
) -> None:
    wish = parsed_wish(text, tmp_path)
    assert (wish.name, wish.version, wish.marker) == (name, version, marker)


def test_extras_are_told_in_every_form(tmp_path: Path) -> None:
    for text in (
        "six[B,a_c]",
        "./six-1.16.zip[B, a_c]",
        "git+https://git.example/b#egg=six[B,a_c]",
        "six[B,a-c] @ ./x",
    ):
        assert parsed_wish(text, tmp_path).extras == ("a-c", "b")


@pytest.mark.parametrize("manifest", ['[project]\nname = "Own_Name"\n', '[tool.poetry]\nname = "Own_Name"\n'])
def test_a_directory_is_named_by_its_own_manifest(tmp_path: Path, manifest: str) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own/pyproject.toml").write_text(manifest)
    wish = parsed_wish("./own[x]", tmp_path, is_editable=True)
    assert (wish.name, wish.extras) == ("own-name", ("x",))
    assert wish.provenance == Provenance(circumstances={"editable": "./own"})
    assert parsed_wish(f"file://{tmp_path}/own", tmp_path).name == "own-name"


@pytest.mark.parametrize("text", ["./own", ".", "https://host.example/main.zip", "git+https://git.example/b"])
def test_what_nothing_names_is_told_apart(tmp_path: Path, text: str) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own/pyproject.toml").write_text("[project")
    with pytest.raises(UnnamedError, match="nothing tells the name"):
        parsed_wish(text, tmp_path)


@pytest.mark.parametrize(
    "text", ["six==", "six =>1", "!", "six @", "six; os = 'x'", "./six-1.0.zip ; os_name"]
)
def test_what_is_no_requirement_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match="not "):
        parsed_wish(text, tmp_path)


def test_an_index_needs_no_provenance(tmp_path: Path) -> None:
    assert parsed_wish("six", tmp_path).provenance == UNSTATED
