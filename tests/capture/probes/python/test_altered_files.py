"""Files held against RECORD: a real installation is whole, and whatever is done to it is found."""

import base64
import hashlib
import shutil
from pathlib import Path

import pytest

from samestack.capture.options import Options
from samestack.capture.probes.python.altered_files import altered_files
from samestack.capture.probes.python.distributions import scan_distributions
from samestack.capture.readers.environments.venv import read
from samestack.capture.tree import MachineTree, RootTree, Tree
from samestack.model import Remark
from samestack.progress import Reporter
from tests.capture.planted import dist_info, write
from tests.capture.real_environments import TOOLS, copy_of, environment

SMALL = ("six==1.16.0", "idna==3.7", "packaging==24.0", "greenlet==3.0.3")


def hashed(content: bytes, algorithm: str = "sha256") -> str:
    digest = hashlib.new(algorithm, content).digest()
    return f"{algorithm}={base64.urlsafe_b64encode(digest).decode().rstrip('=')}"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A distribution ``demo`` of two modules in ``lib/python3.11/site-packages``."""
    site = tmp_path / "lib/python3.11/site-packages"
    install(site, "demo", {"demo/__init__.py": b"one", "demo/more.py": b"two"})
    return site


def install(
    site: Path, name: str, files: dict[str, bytes], further: str = "", installer: str = "pip"
) -> None:
    rows = "".join(f"{path},{hashed(content)},{len(content)}\r\n" for path, content in files.items())
    for path, content in files.items():
        write(site / path, content)
    record = f"{rows}{further}{name}-1.0.dist-info/RECORD,,\r\n"
    dist_info(site, name, "1.0", RECORD=record, INSTALLER=f"{installer}\n")


def remarks(site: Path, tree: Tree | None = None, place: str = "") -> list[Remark]:
    tree = MachineTree() if tree is None else tree
    distributions, _ = scan_distributions(tree, place or str(site))
    return list(altered_files(tree, distributions, Options(files=True)))


@pytest.mark.registry
@pytest.mark.parametrize("series", ["3.8", "3.12"])
@pytest.mark.parametrize("tool", TOOLS)
def test_a_real_environment_is_whole_until_it_is_altered(tool: str, series: str) -> None:
    prefix = copy_of(environment(tool, series, *SMALL))
    assert found_in(prefix) == []
    (site,) = prefix.glob("lib/python*/site-packages")
    with (site / "six.py").open("a") as file:
        file.write("# patched\n")
    (site / "idna/core.py").unlink()
    text = (site / "packaging/version.py").read_text()
    (site / "packaging/version.py").write_text(text.replace("a", "b"))  # of the same size
    shutil.rmtree(site / "packaging/__pycache__", ignore_errors=True)
    assert found_in(prefix) == [
        ("idna", "files are not as they were installed: 1 missing (idna/core.py)"),
        ("packaging", "files are not as they were installed: 1 altered (packaging/version.py)"),
        ("six", "files are not as they were installed: 1 altered (six.py)"),
    ]


def found_in(prefix: Path) -> list[tuple[str, str]]:
    observation = read(str(prefix), Options(files=True))
    return [(one.subject, one.message) for one in observation.remarks if one.code == "altered-files"]


def test_counts_and_the_first_names(site: Path) -> None:
    files = {f"big/m{number}.py": b"x" for number in range(6)}
    install(site, "big", files)
    for number in range(4):
        (site / f"big/m{number}.py").write_bytes(b"y")
    (site / "big/m5.py").unlink()
    (remark,) = remarks(site)
    assert (remark.code, remark.subject) == ("altered-files", "big")
    assert remark.message == (
        "files are not as they were installed: 4 altered and 1 missing (big/m0.py, big/m1.py, big/m2.py, ...)"
    )


@pytest.mark.parametrize(
    "row",
    [
        "demo/unhashed.py,,\r\n",
        "demo/__pycache__/more.cpython-311.pyc,sha256=AAAA,1\r\n",
        "demo-1.0.dist-info/INSTALLER,sha256=AAAA,1\r\n",
        "demo-1.0.dist-info/REQUESTED,sha256=AAAA,1\r\n",
        "demo-1.0.dist-info/direct_url.json,sha256=AAAA,1\r\n",
        "../../../bin/demo,sha256=AAAA,1\r\n",
        "/etc/passwd,sha256=AAAA,1\r\n",
        "demo/../../outside.py,sha256=AAAA,1\r\n",
        "demo/a\0b.py,sha256=AAAA,1\r\n",
        "garbage\r\n",
    ],
)
def test_what_is_not_looked_at(site: Path, row: str) -> None:
    install(site, "other", {"other.py": b"x"}, row.replace("demo-1.0", "other-1.0"))
    assert remarks(site) == []


@pytest.mark.parametrize("algorithm", ["sha256", "sha384", "sha512"])
def test_every_algorithm_of_the_specification(site: Path, algorithm: str) -> None:
    write(site / "a.py", b"content")
    write(site / "b.py", b"content")
    rows = f"a.py,{hashed(b'content', algorithm)},\r\nb.py,{hashed(b'another', algorithm)},7\r\n"
    install(site, "other", {}, rows)
    (remark,) = remarks(site)
    assert remark.message.endswith("1 altered (b.py)")


def test_a_hash_of_another_algorithm_is_not_checked(site: Path) -> None:
    write(site / "a.py", b"content")
    install(site, "other", {}, "a.py,md5=AAAA,7\r\nb.py,md5=AAAA,7\r\n")
    (remark,) = remarks(site)
    assert remark.message.endswith("1 missing (b.py)")


def test_what_conda_wrote_its_prefix_into_is_not_altered(site: Path, tmp_path: Path) -> None:
    config, code = "of_conda/config.py", "of_conda/code.py"
    install(site, "of_conda", {config: b"prefix = '/placehold'", code: b"x"}, installer="conda")
    (site / config).write_text(f"prefix = '{tmp_path}'")
    assert remarks(site) == []
    (site / code).write_bytes(b"y")
    (remark,) = remarks(site)
    assert remark.message.endswith("1 altered (of_conda/code.py)")


def test_compiled_files_that_conda_made_relocatable_are_not_altered(site: Path) -> None:
    install(site, "of_conda", {"of_conda/x.so": b"x"}, installer="conda")
    (site / "of_conda/x.so").write_bytes(b"rewritten")
    assert remarks(site) == []


@pytest.mark.parametrize(
    ("place", "installer", "is_looked_at"),
    [
        ("usr/lib/python3/dist-packages", "pip", False),
        ("usr/lib/python3.12/site-packages", "rpm", False),
        ("usr/lib/python3.12/site-packages", "gpep517", False),
        ("usr/lib/python3.12/site-packages", "pip", True),
        ("usr/local/lib/python3.12/dist-packages", "pip", True),
        ("opt/venv/lib/python3.12/site-packages", "Poetry 1.8", True),
        ("opt/venv/lib/python3.12/site-packages", "debian", False),
    ],
)
def test_what_a_system_installed_was_altered_by_it(
    tmp_path: Path, place: str, installer: str, *, is_looked_at: bool
) -> None:
    install(tmp_path / place, "demo", {"demo.py": b"x"}, installer=installer)
    (tmp_path / place / "demo.py").write_bytes(b"stripped")
    assert bool(remarks(tmp_path / place, RootTree(tmp_path), f"/{place}")) is is_looked_at


def test_in_a_root_no_link_leads_out(site: Path, tmp_path: Path) -> None:
    (site / "demo/more.py").unlink()
    write(tmp_path.parent / f"{tmp_path.name}-outside.py", b"two")
    (site / "demo/more.py").symlink_to(tmp_path.parent / f"{tmp_path.name}-outside.py")
    assert remarks(site) == []
    (remark,) = remarks(site, RootTree(tmp_path), "/lib/python3.11/site-packages")
    assert remark.message.endswith("1 missing (demo/more.py)")


def test_progress_is_reported(site: Path) -> None:
    class Listener(Reporter):
        heard: list[object] = []  # noqa: RUF012 - one test's own

        def started(self, work: str, total: int | None = None) -> None:
            self.heard += [work, total]

        def advanced(self, detail: str, steps: int = 1) -> None:
            self.heard += [detail, steps]

    listener = Listener()
    distributions, _ = scan_distributions(MachineTree(), str(site))
    altered_files(MachineTree(), distributions, Options(files=True, reporter=listener))
    assert listener.heard == ["verifying files", 1, "demo", 1]
