"""requirements.txt and its family, written by people and by tools."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.readers.requirements.requirements import read
from samestack.errors import InputError
from samestack.model import Component
from tests.capture.readers.conftest import run_tool
from tests.malformed import STRANGE_TEXTS, assert_reads_or_refuses, corrupted_text, hostile, spoiled_file

DIGITS = "0123456789abcdef" * 4
WRITTEN = f"""\
# What the service needs.
-i https://sarah:hunter2@index.example/simple
--find-links ./wheels
Requests[socks,security] >= 2.31 , <3   # why
requests!=2.32.0
six==1.16.0 ; python_version >= "3.9" \\
    --hash=sha256:{DIGITS} \\
    --hash=sha256:{DIGITS[::-1]}
    # via something
typing_extensions==4.*
-r base/more.txt
-c limits.txt
-e ./own[x]
-e git+https://sarah:hunter2@git.example/a/b@0123abc#egg=thing&subdirectory=c
./wheels/foo_bar-1.2+cu118-py3-none-any.whl ; sys_platform == 'linux'
https://host.example/pkg-3.4.tar.gz?token=hunter2#sha256={DIGITS}
torch @ https://${{TOKEN}}@host.example/torch-2.0.1%2Bcu118-cp310-cp310-linux_x86_64.whl
certifi @ file:///croot/certifi_1671487769961/work/certifi
-r https://host.example/more.txt?token=hunter2
./unknown
"""
MORE = "numpy>=1.21\r\nidna\r\n"
LIMITS = "\ufeffnumpy==1.26.4\nunused==1\nidna<4; os_name == 'nt'\n"


@pytest.fixture
def written(tmp_path: Path) -> Path:
    for name in ("base", "own"):
        (tmp_path / name).mkdir()
    (tmp_path / "base/more.txt").write_text(MORE, newline="")
    (tmp_path / "limits.txt").write_text(LIMITS)
    (tmp_path / "own/pyproject.toml").write_text('[project]\nname = "Own"\n')
    path = tmp_path / "requirements.txt"
    path.write_text(WRITTEN)
    return path


def by_name(path: Path) -> dict[str, Component]:
    return {component.name: component for component in read(path).components}


def test_what_people_write(written: Path) -> None:
    packages = by_name(written)
    assert packages["requests"].requirement == "!=2.32.0,<3,>=2.31"
    assert packages["requests"].facts == {"extras": ("security", "socks")}
    assert (packages["six"].version, packages["six"].requirement) == ("1.16.0", None)
    assert packages["six"].marker == 'python_version >= "3.9"'
    assert packages["six"].facts == {"hashes": (f"sha256:{DIGITS}", f"sha256:{DIGITS[::-1]}")}
    assert packages["typing-extensions"].requirement == "==4.*"
    assert packages["foo-bar"].version == "1.2+cu118"
    assert packages["foo-bar"].circumstances == {"path": "./wheels/foo_bar-1.2+cu118-py3-none-any.whl"}
    assert packages["certifi"].circumstances == {"path": "/croot/certifi_1671487769961/work/certifi"}


def test_what_is_included_and_constrained(written: Path) -> None:
    packages = by_name(written)
    assert (packages["numpy"].version, packages["numpy"].circumstances) == ("1.26.4", {})
    assert packages["unused"].circumstances == {"constraint": True}
    assert len([one for one in read(written).components if one.name == "idna"]) == 2


def test_what_is_editable(written: Path) -> None:
    packages = by_name(written)
    assert packages["own"].circumstances == {"editable": "./own"}
    assert packages["thing"].circumstances == {"editable": True}
    assert packages["thing"].source == "git+https://git.example/a/b@0123abc#subdirectory=c"


def test_addresses_are_kept_without_credentials(written: Path) -> None:
    packages = by_name(written)
    assert packages["pkg"].source == "https://host.example/pkg-3.4.tar.gz"
    assert packages["pkg"].facts == {"hashes": (f"sha256:{DIGITS}",)}
    assert packages["torch"].version == "2.0.1+cu118"
    assert packages["torch"].source == "https://host.example/torch-2.0.1%2Bcu118-cp310-cp310-linux_x86_64.whl"
    assert "hunter2" not in repr(read(written))


def test_what_is_not_known_is_said(written: Path) -> None:
    remarks = [(remark.code, remark.subject) for remark in read(written).remarks]
    assert remarks == [
        ("package-index", "https://index.example/simple"),
        ("package-index", "./wheels"),
        ("remote-requirements", "https://host.example/more.txt"),
        ("unnamed-requirement", "./unknown"),
    ]
    assert read(written).remarks[0].place == f"{written}, line 2"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("six\nsix==\n", r"requirements\.txt: line 2: not a requirement: Expected "),
        ("six --hash=md5\n", r"requirements\.txt: line 1: not a hash"),
        ("-r gone.txt\n", r"requirements\.txt: line 1: includes '.*gone\.txt'"),
        ("-r other.txt\n", r"requirements\.txt: leads to .*other\.txt: line 3: not a requirement"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "other.txt").write_text("\n\n=\n")
    path = tmp_path / "requirements.txt"
    path.write_text(text)
    with pytest.raises(InputError, match=message):
        read(path)


@hostile
@given(corrupted_text(WRITTEN))
def test_whatever_it_is_given_it_reads_or_refuses(content: bytes) -> None:
    with spoiled_file("requirements.txt", content) as path:
        assert_reads_or_refuses(read, path)


lines = st.sampled_from(
    (
        "six",
        "six==1",
        "six<1 ; os_name == 'a'",
        "idna @ https://host.example/a.zip",
        "-e .",
        "--pre",
        "\\",
        "#",
    )
) | st.builds(
    "{}{}".format,
    st.sampled_from(("-r ", "-c ", "-e ", "--requirement=", "-i ", "./", "six @ ", "six == ", "--hash ")),
    st.sampled_from((*STRANGE_TEXTS[:16], "a.txt", "b.txt", "./a.txt", "/etc/passwd", "/dev/zero", "..")),
)
files = st.lists(lines, max_size=6).map(lambda said: "\n".join(said).encode("utf-8", "surrogatepass"))


@hostile
@given(files, files)
def test_files_that_lead_anywhere_are_read_or_refused(first: bytes, second: bytes) -> None:
    with spoiled_file("a.txt", first) as path:
        path.with_name("b.txt").write_bytes(second)
        assert_reads_or_refuses(read, path)


@pytest.mark.registry
def test_what_uv_compiles(tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("requests[socks]==2.31.0\nattrs<23\n")
    arguments = ("--universal", "--python-version", "3.9", "--generate-hashes", "--emit-index-url")
    run_tool(tmp_path, "uv", "pip", "compile", "--quiet", *arguments, "in.txt", "--output-file", "out.txt")
    assert {"requests", "attrs", "idna", "pysocks", "urllib3", "certifi"} <= by_name(
        tmp_path / "out.txt"
    ).keys()
    observation = read(tmp_path / "out.txt")
    assert all(one.version and one.facts["hashes"] for one in observation.components)
    assert {one.marker for one in observation.components if one.name == "urllib3"} == {
        'python_full_version < "3.10"',
        'python_full_version >= "3.10"',
    }
    assert {remark.code for remark in observation.remarks} == {"package-index"}


@pytest.mark.registry
def test_what_pip_compile_writes(tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("attrs<23\nsix==1.16.0\n")
    options = (
        "--quiet",
        "--generate-hashes",
        "--emit-index-url",
        "--strip-extras",
        "--output-file",
        "out.txt",
    )
    run_tool(tmp_path, "pip-compile", *options, "in.txt")
    packages = by_name(tmp_path / "out.txt")
    assert {name: one.version for name, one in packages.items()} == {"attrs": "22.2.0", "six": "1.16.0"}
    assert all(one.facts["hashes"] for one in packages.values())


@pytest.mark.registry
def test_what_uv_exports(uv_project: Path) -> None:
    packages = by_name(uv_project / "requirements.txt")
    assert packages["part"].circumstances == {"editable": "./part"}
    assert packages["requests"].version == "2.31.0"
    assert packages["requests"].facts["hashes"]


@pytest.mark.registry
@pytest.mark.parametrize("name", ["freeze.txt", "uv-freeze.txt"])
def test_what_pip_and_uv_freeze(pip_reports: Path, name: str) -> None:
    packages = by_name(pip_reports / name)
    assert packages["six"].version == "1.16.0"
    assert packages["packaging"].version == "23.1"
    assert packages["part"].circumstances == {"editable": f"{pip_reports}/part"}
    source = str(packages["other"].source)
    assert source.startswith(f"git+file://{pip_reports}/repository@")
    assert len(source.rpartition("@")[2]) == 40
