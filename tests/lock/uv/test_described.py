"""What has to be built, for want of a wheel, is told."""

from pathlib import Path

from samestack.lock.terms import Terms
from samestack.lock.uv.described import unbuilt
from samestack.lock.uv.locked_text import LockedPackage

MAC = "sys_platform == 'darwin'"


def package(name: str, wheel: str = "", marker: str = "", *, is_odd: bool = False) -> LockedPackage:
    text = f'name = "{name}"\n' + (
        f'wheels = [{{ url = "https://e/{name}-1-{wheel}.whl" }}]\n' if wheel else ""
    )
    return LockedPackage(name=name, version="1", marker=marker, text=text, is_odd=is_odd)


def test_only_what_applies_and_has_no_wheel_there() -> None:
    packages = [
        package("whole", "py3-none-any"),
        package("source"),
        package("windows-alone", "cp39-cp39-win_amd64"),
        package("of-macs", marker=MAC),
        package("of-a-repository", is_odd=True),
    ]
    terms = Terms(path=Path("pylock.toml"), python="3.9", platforms=("linux-64", "osx-arm64"))
    assert list(unbuilt(packages, terms)) == [
        "on linux-64 built from source, for want of a wheel: source, windows-alone"
    ]
    anywhere = Terms(path=Path("pylock.toml"), python="3.9")
    assert list(unbuilt(packages, anywhere)) == []
