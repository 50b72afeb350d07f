"""What a wheel becomes in an environment: every file in its place, and nothing of a single installation."""

import csv
import io
from pathlib import Path

import pytest

from samestack.image.layers.entry import LayerEntry
from samestack.image.wheels.archive import read_wheel
from samestack.image.wheels.installing import placed
from tests.image.layers.reading import contents, written
from tests.image.wheels.wheel_maker import encoded, make_wheel

SITE = "opt/venv/lib/python3.11/site-packages"
METADATA = f"{SITE}/demo-1.0.dist-info"
POINTS = b"[console_scripts]\nserve = demo.cli:main\n\n[gui_scripts]\nwindow = demo.gui:App.run [gui]\n"
FILES = {
    "demo/__init__.py": b"",
    "demo/tool.sh": b"#!/bin/sh\n",
    "demo-1.0.dist-info/entry_points.txt": POINTS,
    "demo-1.0.data/purelib/pure.py": b"1",
    "demo-1.0.data/platlib/plat.so": b"2",
    "demo-1.0.data/headers/demo.h": b"3",
    "demo-1.0.data/data/share/demo/file": b"4",
    "demo-1.0.data/scripts/hello": b"#!python\nprint('hello')\n",
    "demo-1.0.data/scripts/window-hello": b"#!pythonw -u\r\nprint('hello')\n",
    "demo-1.0.data/scripts/binary": b"\x7fELF",
    "demo-1.0.data/scripts/short": b"x",
}


def test_everything_is_in_its_place(tmp_path: Path) -> None:
    assert set(_placed(tmp_path, FILES)) == {
        f"{SITE}/demo/__init__.py",
        f"{SITE}/demo/tool.sh",
        f"{SITE}/pure.py",
        f"{SITE}/plat.so",
        *(f"{METADATA}/{name}" for name in ("WHEEL", "METADATA", "RECORD", "INSTALLER", "entry_points.txt")),
        "opt/venv/include/site/python3.11/demo/demo.h",
        "opt/venv/share/demo/file",
        *(f"opt/venv/bin/{name}" for name in ("serve", "window", "hello", "window-hello", "binary", "short")),
    }


def test_who_may_run_what(tmp_path: Path) -> None:
    entries = _placed(tmp_path, FILES, executable=["demo/tool.sh"])
    runnable = {path for path, entry in entries.items() if entry.mode == 0o755}
    assert runnable == {path for path in entries if path.startswith("opt/venv/bin/")} | {
        f"{SITE}/demo/tool.sh"
    }
    assert {entry.mode for entry in entries.values()} == {0o644, 0o755}
    assert {(entry.user, entry.group) for entry in entries.values()} == {(0, 0)}


def test_scripts_find_the_environment(tmp_path: Path) -> None:
    entries = _placed(tmp_path, FILES)
    assert _content(entries, "opt/venv/bin/hello") == b"#!/opt/venv/bin/python\nprint('hello')\n"
    assert _content(entries, "opt/venv/bin/window-hello") == b"#!/opt/venv/bin/python\nprint('hello')\n"
    assert _content(entries, "opt/venv/bin/binary") == b"\x7fELF"
    assert _content(entries, "opt/venv/bin/serve").startswith(b"#!/opt/venv/bin/python\n# -*- coding: utf-8")


def test_what_an_old_tool_generated_gives_way_to_the_entry_point(tmp_path: Path) -> None:
    old = {f"demo-1.0.data/scripts/serve{ending}": b"old" for ending in ("", ".exe", "-script.py", ".pya")}
    entries = _placed(tmp_path, {**FILES, **old})
    assert [path for path in entries if "serve" in path] == ["opt/venv/bin/serve"]
    assert _content(entries, "opt/venv/bin/serve") != b"old"


def test_record_tells_of_every_file_and_is_sorted(tmp_path: Path) -> None:
    entries = _placed(tmp_path, FILES)
    rows = list(csv.reader(io.StringIO(_content(entries, f"{METADATA}/RECORD").decode())))
    assert rows == sorted(rows)
    stated = {row[0]: (row[1], row[2]) for row in rows}
    assert stated.pop("demo-1.0.dist-info/RECORD") == ("", "")
    assert len(stated) == len(entries) - 1
    for path, (digest, size) in stated.items():
        data = _content(entries, str(Path("/", SITE, path).resolve())[1:])
        assert (digest, size) == (f"sha256={encoded(data)}", str(len(data)))
    assert "../../../bin/serve" in stated


def test_nothing_of_a_single_installation_stays(tmp_path: Path) -> None:
    left = {f"demo-1.0.dist-info/{name}": b"pip" for name in ("REQUESTED", "direct_url.json", "INSTALLER")}
    entries = _placed(tmp_path, {**FILES, **left})
    assert _content(entries, f"{METADATA}/INSTALLER") == b"samestack"
    assert not {path for path in entries if path.endswith(("REQUESTED", "direct_url.json"))}


def test_a_file_that_record_forgot_is_recorded(tmp_path: Path) -> None:
    """Some old wheels have such files, and installers put them there all the same."""
    files = {"demo.py": b"x", "demo-1.0.dist-info/RECORD": b"gone.py,sha256=AAAA,1\n"}
    record = _content(_placed(tmp_path, files), f"{METADATA}/RECORD").decode()
    assert f"demo.py,sha256={encoded(b'x')},1\n" in record
    assert "gone.py" not in record


def test_another_environment_and_python(tmp_path: Path) -> None:
    wheel = read_wheel(make_wheel(tmp_path, FILES))
    paths = {entry.path for entry in placed(wheel, "/srv/my env", "3.13")}
    assert "srv/my env/lib/python3.13/site-packages/demo/__init__.py" in paths
    assert all(path.startswith("srv/my env/") for path in paths)


def test_a_layer_takes_the_wheels_own_streams_and_no_compressor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samestack.image.layers.writing.compressed", None)
    text = b"x = 'a module of some length'\n" * 400
    path = make_wheel(tmp_path, {**FILES, "demo/long.py": text}, stored=["demo-1.0.data/scripts/binary"])
    wheel = read_wheel(path)
    file = wheel.files["demo/long.py"]
    stream = path.read_bytes()[file.offset : file.offset + file.entry.packed]
    _, data = written(placed(wheel, "/opt/venv", "3.11"))
    assert len(stream) < len(text)
    assert stream in data
    assert contents(data)[f"{SITE}/demo/long.py"] == text


def test_only_the_wheel_and_the_layout_matter(tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    other.mkdir()
    first, second = (_placed(directory, FILES) for directory in (tmp_path, other))
    for path, entry in first.items():
        assert (entry.mode, _content(first, path)) == (second[path].mode, _content(second, path))


def _placed(
    directory: Path, files: dict[str, bytes], *, executable: list[str] | None = None
) -> dict[str, LayerEntry]:
    wheel = read_wheel(make_wheel(directory, files, executable=executable or ()))
    return {entry.path: entry for entry in placed(wheel, "/opt/venv", "3.11")}


def _content(entries: dict[str, LayerEntry], path: str) -> bytes:
    content = entries[path].content
    assert content is not None
    with content.open() as stream:
        data = stream.read()
    assert len(data) == content.size
    return data
