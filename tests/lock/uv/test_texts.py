"""uv's text, line by line: what is told from it, what is cut out of it, and what stays as it is."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.tags import compatible_tags, cpython_tags
from packaging.utils import parse_wheel_filename

from samestack.lock.terms import Terms
from samestack.lock.uv.addresses import moved_paths, shared_files
from samestack.lock.uv.fitting_wheels import with_fitting_wheels
from samestack.lock.uv.locked_text import locked_text, rejoined
from samestack.lock.uv.shared_text import shared_text

HEAD = 'lock-version = "1.0"\ncreated-by = "uv"\nrequires-python = ">=3.9"\n'
BOTH = (
    "python_full_version == '3.9.*' and ((platform_machine == 'arm64' and sys_platform == 'darwin') or "
    "(platform_machine == 'x86_64' and sys_platform == 'linux'))"
)
MAC = "python_full_version == '3.9.*' and platform_machine == 'arm64' and sys_platform == 'darwin'"
LOCK = f"""{HEAD}
[[packages]]
name = "colorama"
version = "0.4.6"
marker = "{MAC}"
archive = {{ url = "https://me:secret@e.org/colorama-0.4.6-py2.py3-none-any.whl" }}

[[packages]]
name = "lib"
marker = "{BOTH}"
directory = {{ path = "../team/lib", editable = true }}

[[packages]]
name = "torch"
version = "2.0.1+cu118"
marker = "{BOTH}"
index = "https://example.com/cu118"
sdist = {{ url = "https://e.org/torch-2.0.1.tar.gz", hashes = {{ sha256 = "ef" }} }}
wheels = [
    {{ url = "https://e.org/torch-2.0.1%2Bcu118-cp39-cp39-linux_x86_64.whl", hashes = {{ sha256 = "a" }} }},
    {{ url = "https://e.org/torch-2.0.1%2Bcu118-cp310-cp310-linux_x86_64.whl" }},
]
"""
TERMS = Terms(path=Path("/tmp/team/project/pylock.toml"), python="3.9", platforms=("linux-64", "osx-arm64"))


def shared(*, urls: bool) -> str:
    terms = Terms(path=TERMS.path, python="3.9", platforms=TERMS.platforms, urls=urls)
    return shared_text(locked_text(LOCK), terms, Path("/tmp/aside"))


def test_the_lines_tell_what_toml_tells() -> None:
    locked = locked_text(LOCK)
    told = [(one.name, one.version, one.marker, one.is_odd) for one in locked.packages]
    parsed = [
        (one["name"], one.get("version", ""), one.get("marker", ""), one["name"] != "torch")
        for one in tomllib.loads(LOCK)["packages"]
    ]
    assert told == parsed
    assert locked.packages[2].wheels == (
        "torch-2.0.1+cu118-cp39-cp39-linux_x86_64.whl",
        "torch-2.0.1+cu118-cp310-cp310-linux_x86_64.whl",
    )
    assert locked.packages[0].wheels == ()


def test_put_together_again_it_is_the_same() -> None:
    locked = locked_text(LOCK)
    assert rejoined(locked.head, (one.text for one in locked.packages)) == LOCK
    assert locked_text(LOCK.replace("\n", "\r\n")) == locked
    assert locked_text(HEAD).packages == ()
    assert rejoined(HEAD, ()) == HEAD


def test_a_marker_with_quotation_marks_is_read() -> None:
    text = HEAD + '\n[[packages]]\nname = "a"\nmarker = "python_version >= \\"3\\""\n'
    assert locked_text(text).packages[0].marker == 'python_version >= "3"'


def test_with_addresses_only_credentials_and_other_pythons_go() -> None:
    document = tomllib.loads(shared(urls=True))
    colorama, lib, torch = document["packages"]
    assert colorama["archive"]["url"] == "https://e.org/colorama-0.4.6-py2.py3-none-any.whl"
    assert colorama["marker"] == MAC
    assert lib == {"name": "lib", "directory": {"path": "../lib", "editable": True}}
    assert torch["index"] == "https://example.com/cu118"
    assert [one["url"].rpartition("/")[2] for one in torch["wheels"]] == [
        "torch-2.0.1%2Bcu118-cp39-cp39-linux_x86_64.whl"
    ]
    assert document["requires-python"] == "==3.9.*"
    assert len(document["environments"]) == 2


def test_without_addresses_what_the_project_names_itself_stays() -> None:
    text = shared(urls=False)
    colorama, _, torch = tomllib.loads(text)["packages"]
    assert colorama["archive"]["url"].startswith("https://")
    assert "index" not in torch
    assert torch["sdist"]["path"] == "torch-2.0.1.tar.gz"
    assert torch["wheels"][0]["path"] == "torch-2.0.1+cu118-cp39-cp39-linux_x86_64.whl"
    assert torch["wheels"][0]["hashes"] == {"sha256": "a"}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('{ url = "https://a.example/x/six-1.whl" }', '{ url = "https://a.example/x/six-1.whl" }'),
        ('{ url = "https://u:p@a.example/six-1.whl" }', '{ url = "https://a.example/six-1.whl" }'),
        ('{ url = "https://a.example/six-1.whl?token=x" }', '{ url = "https://a.example/six-1.whl" }'),
        ('{ url = "file:///srv/mirror/six-1.whl" }', '{ path = "six-1.whl" }'),
        ('{ path = "../../srv/mirror/six-1.whl" }', '{ path = "six-1.whl" }'),
        ('{ url = "file:///srv/a%2Bb-1.whl#sha256=ab" }', '{ path = "a+b-1.whl" }'),
    ],
)
def test_an_address_is_fit_to_be_shared(line: str, expected: str) -> None:
    assert shared_files(line, urls=True) == expected


def test_paths_move_with_the_lock() -> None:
    line = 'directory = { path = "../team/a b/lib" }\n'
    assert moved_paths(line, Path("/tmp/x"), Path("/tmp/team/p")) == 'directory = { path = "../a b/lib" }\n'


TAGS = st.sampled_from(
    [
        "cp39-cp39",
        "cp310-cp310",
        "cp36-abi3",
        "cp310-abi3",
        "py3-none",
        "py2.py3-none",
        "py2-none",
        "py310-none",
        "cp27-cp27mu",
    ]
)


@given(st.lists(TAGS, min_size=1, unique=True), st.sampled_from([9, 10, 11]))
def test_a_wheel_stays_where_packaging_would_take_it(tags: list[str], minor: int) -> None:
    names = [f"a-1-{tag}-linux_x86_64.whl" for tag in tags]
    lines = "".join(f'    {{ url = "https://e/{name}", size = 1 }},\n' for name in names)
    text = f'name = "a"\nwheels = [\n{lines}]\n'
    kept = with_fitting_wheels(text, f"3.{minor}")
    platforms = ["linux_x86_64"]
    taken = {
        *cpython_tags((3, minor), platforms=platforms),
        *compatible_tags((3, minor), platforms=platforms),
    }
    # "py" tags come with any platform only, but what they say of Python is the same.
    fitting = [name for name in names if _pythons(name) & {one.interpreter + one.abi for one in taken}]
    expected = fitting or names
    assert [name for name in names if name in kept] == expected


def _pythons(name: str) -> set[str]:
    return {one.interpreter + one.abi for one in parse_wheel_filename(name)[3]}
