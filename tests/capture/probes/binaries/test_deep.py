"""Deep facts: of every distribution, kept by content, and correct whatever is kept."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from samestack.capture.cache import Cache
from samestack.capture.options import Options
from samestack.capture.probes.binaries.deep import DeepFacts, Facts, deep_facts
from samestack.capture.probes.python.distribution import Distribution
from samestack.capture.tree import MachineTree, RootTree, Tree
from samestack.progress import Reporter
from tests.capture.elf_files import elf_file
from tests.capture.real_wheels import distributions_of, site_directory

OPTIONS = Options(deep=True)


def library(version: str) -> bytes:
    return elf_file(needed=("libc.so.6",), version_needs={"libc.so.6": (f"GLIBC_{version}",)})


def installed(
    site: Path, name: str, files: Mapping[str, bytes], *, at: str = "", has_hashes: bool = True
) -> Distribution:
    """A distribution of these files on disk; ``at`` is the site directory as the tree has it."""
    rows = []
    for path, content in files.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(content)
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
        rows.append(f"{path},sha256={digest},{len(content)}" if has_hashes else f"{path},,")
    inside = at or str(site)
    return Distribution(
        name=name,
        version="1.0",
        site_directory=inside,
        metadata_directory=f"{inside}/{name}-1.0.dist-info",
        record="\n".join(rows) + "\n",
    )


class Heard(Reporter):
    """Remembers what it is told."""

    def __init__(self) -> None:
        self.told: list[object] = []

    def started(self, work: str, total: int | None = None) -> None:
        self.told.append((work, total))

    def advanced(self, detail: str, steps: int = 1) -> None:
        self.told += [detail] * steps

    def finished(self) -> None:
        self.told.append("finished")


@pytest.fixture
def cache(tmp_path: Path) -> Cache[Facts]:
    return Cache(str(tmp_path / "cache"), Facts)


def read(distributions: Sequence[Distribution], cache: Cache[Facts], tree: Tree | None = None) -> DeepFacts:
    return deep_facts(tree or MachineTree(), distributions, OPTIONS, cache)


def test_facts_stand_by_metadata_directory(tmp_path: Path, cache: Cache[Facts]) -> None:
    compiled = installed(tmp_path, "compiled", {"compiled/_core.so": library("2.17")})
    pure = installed(tmp_path, "pure", {"pure/__init__.py": b""})
    heard = Heard()
    deep = deep_facts(MachineTree(), [compiled, pure], Options(deep=True, reporter=heard), cache)
    assert deep == DeepFacts({compiled.metadata_directory: {"needs": ("libc.so.6",), "glibc": "2.17"}})
    assert heard.told == [("reading binaries", 1), "compiled", "finished"]


def test_what_was_read_once_is_not_read_again(tmp_path: Path, cache: Cache[Facts]) -> None:
    compiled = installed(tmp_path, "compiled", {"_core.so": library("2.17")})
    first = read([compiled], cache)
    (tmp_path / "_core.so").unlink()
    heard = Heard()
    assert deep_facts(MachineTree(), [compiled], Options(deep=True, reporter=heard), cache) == first
    assert heard.told == []


def test_other_content_is_read(tmp_path: Path, cache: Cache[Facts]) -> None:
    read([installed(tmp_path, "compiled", {"_core.so": library("2.17")})], cache)
    other = installed(tmp_path, "compiled", {"_core.so": library("2.28")})
    assert read([other], cache).facts[other.metadata_directory]["glibc"] == "2.28"


def test_one_root_does_not_answer_for_another(tmp_path: Path, cache: Cache[Facts]) -> None:
    """An image whose RECORD claims another wheel's hashes must not spoil what is known of that wheel."""
    honest = installed(tmp_path / "honest/site", "compiled", {"_core.so": library("2.17")}, at="/site")
    (tmp_path / "lying" / "site").mkdir(parents=True)
    (tmp_path / "lying" / "site" / "_core.so").write_bytes(library("2.99"))
    lying = read([honest], cache, RootTree(tmp_path / "lying"))
    assert lying.facts[honest.metadata_directory]["glibc"] == "2.99"
    assert (
        read([honest], cache, RootTree(tmp_path / "honest")).facts[honest.metadata_directory]["glibc"]
        == "2.17"
    )


def test_without_hashes_every_capture_reads(tmp_path: Path, cache: Cache[Facts]) -> None:
    unhashed = installed(tmp_path, "compiled", {"_core.so": library("2.17")}, has_hashes=False)
    read([unhashed], cache)
    (tmp_path / "_core.so").write_bytes(library("2.28"))
    assert read([unhashed], cache).facts[unhashed.metadata_directory]["glibc"] == "2.28"


def test_what_could_not_be_read_is_remarked_on_and_not_kept(tmp_path: Path, cache: Cache[Facts]) -> None:
    files = {"a.so": library("2.17"), "b.so": library("2.28")}
    compiled = installed(tmp_path, "compiled", files)
    (tmp_path / "a.so").write_bytes(library("2.17")[:90])
    (tmp_path / "b.so").unlink()
    deep = read([compiled], cache)
    assert deep.facts == {}
    assert [(one.code, one.subject, one.place) for one in deep.remarks] == [
        ("binary-unread", "compiled", compiled.metadata_directory)
    ]
    assert deep.remarks[0].message.startswith(
        f"a compiled file of compiled was not read: {tmp_path}/a.so: offset 0x"
    )
    assert deep.remarks[0].message.endswith("(and 1 more)")
    whole = read([installed(tmp_path, "compiled", files)], cache)
    assert whole.facts[compiled.metadata_directory]["glibc"] == "2.28"
    assert whole.remarks == ()


def test_other_files_tell_although_one_is_malformed(tmp_path: Path, cache: Cache[Facts]) -> None:
    compiled = installed(tmp_path, "compiled", {"a.so": b"\x7fELF", "b.so": library("2.17")})
    deep = read([compiled], cache)
    assert deep.facts[compiled.metadata_directory]["glibc"] == "2.17"
    assert len(deep.remarks) == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.binary(max_size=100))
def test_a_spoiled_cache_changes_nothing(tmp_path: Path, cache: Cache[Facts], content: bytes) -> None:
    compiled = installed(tmp_path, "compiled", {"_core.so": library("2.17")})
    first = read([compiled], cache)
    for entry in (tmp_path / "cache").iterdir():
        entry.write_bytes(content)
    assert read([compiled], cache) == first


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(max_size=60)
    | st.from_regex(r'"?[a-z./\x00\x1b,"]{1,20}\.so[.0-9]{0,4}"?,(sha256=\w{43})?,\d*', fullmatch=True)
)
def test_whatever_record_says_the_facts_can_be_told(tmp_path: Path, cache: Cache[Facts], record: str) -> None:
    (tmp_path / "a.so").write_bytes(b"\x7fELF")
    compiled = installed(tmp_path, "compiled", {"_core.so": library("2.17")})
    deep = read([replace(compiled, record=f"{compiled.record}{record}\n")], cache)
    assert msgspec.json.encode(deep)
    assert deep.facts[compiled.metadata_directory]["glibc"] == "2.17"


def test_the_users_own_cache_is_used_unless_told_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMESTACK_CACHE", str(tmp_path / "mine"))
    compiled = installed(tmp_path, "compiled", {"_core.so": library("2.17")})
    deep_facts(MachineTree(), [compiled], OPTIONS)
    assert len(list((tmp_path / "mine" / "binaries").iterdir())) == 1


@pytest.mark.registry
def test_real_wheels_tell_their_facts_cold_and_warm(cache: Cache[Facts]) -> None:
    found = distributions_of(site_directory("contourpy==1.3.0", "markupsafe==2.1.5", "packaging==24.2"))
    cold = read(list(found.values()), cache)
    assert cold.remarks == ()
    assert cold.facts == {
        found["contourpy"].metadata_directory: {
            "needs": ("ld-linux-x86-64.so.2", "libc.so.6", "libgcc_s.so.1", "libm.so.6", "libstdc++.so.6"),
            "needed_by": (
                "libgcc_s.so.1: contourpy/_contourpy.cpython-310-x86_64-linux-gnu.so",
                "libstdc++.so.6: contourpy/_contourpy.cpython-310-x86_64-linux-gnu.so",
            ),
            "extension_abis": ("cpython-310",),
            "glibc": "2.16",
            "glibcxx": "3.4.18",
            "numpy_abi": "both",
            "numpy_modules": ("both: 1",),
        },
        found["markupsafe"].metadata_directory: {
            "needs": ("libc.so.6", "libpthread.so.0"),
            "glibc": "2.14",
            "extension_abis": ("cpython-310",),
        },
    }
    assert read(list(found.values()), cache) == cold
