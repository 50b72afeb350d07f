import pytest

from samestack.lock.conda.hosts import described, host_of, uv_platform
from samestack.project.manifest import HostNeeds
from samestack.solve.conda.virtual_packages import CondaTarget, VirtualPackage


def offered(target: CondaTarget) -> dict[str, str]:
    return {one.name: one.version for one in target.virtual_packages or ()}


def test_this_machine_is_the_example_for_its_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samestack.lock.conda.hosts.this_platform", lambda: "linux-64")
    monkeypatch.setenv("CONDA_OVERRIDE_GLIBC", "2.35")
    monkeypatch.setenv("CONDA_OVERRIDE_CUDA", "12.4")
    target = host_of("linux-64", HostNeeds())
    assert (offered(target)["__glibc"], offered(target)["__cuda"]) == ("2.35", "12.4")
    assert "this machine" in described(target)
    assert uv_platform(target) == "x86_64-manylinux_2_35"


def test_what_the_manifest_demands_goes_before() -> None:
    for platform in ("linux-64", "linux-aarch64"):
        target = host_of(platform, HostNeeds(glibc="2.31", cuda="11.8", driver="520"))
        assert (offered(target)["__glibc"], offered(target)["__cuda"]) == ("2.31", "11.8")
        assert len(offered(target)) == len(target.virtual_packages or ())


def test_another_platform_is_an_old_system_without_a_gpu() -> None:
    target = host_of("linux-aarch64", HostNeeds())
    assert offered(target)["__glibc"] == "2.28"
    assert "__cuda" not in offered(target)
    assert "an old system" in described(target)
    assert "__cuda" not in offered(host_of("osx-arm64", HostNeeds(cuda="12")))
    assert "__glibc" not in offered(host_of("win-64", HostNeeds(glibc="2.31")))


@pytest.mark.parametrize(
    ("platform", "glibc", "expected"),
    [
        ("linux-64", "2.36", "x86_64-manylinux_2_36"),
        ("linux-64", "2.27", "x86_64-manylinux_2_17"),
        ("linux-aarch64", "2.28", "aarch64-manylinux_2_28"),
        ("linux-64", "2.12", "x86_64-unknown-linux-gnu"),
        ("linux-64", "unknown", "x86_64-unknown-linux-gnu"),
        ("osx-arm64", "", "aarch64-apple-darwin"),
        ("osx-64", "", "x86_64-apple-darwin"),
        ("win-64", "", "x86_64-pc-windows-msvc"),
    ],
)
def test_what_uv_calls_it(platform: str, glibc: str, expected: str) -> None:
    assert uv_platform(CondaTarget(platform, (VirtualPackage("__glibc", glibc),))) == expected
