"""An image is what its lock says, or each thing that is not so is named."""

from pathlib import Path

import pytest

from samestack.errors import RequestError
from samestack.image.verifying.exceptions import BYTECODE, COMMANDS, METADATA, PROJECT, REASONS, SEEDS
from tests.image.sizes.made_images import Fifo, Files, HardLink, Link, MadeLayer, Moded, image
from tests.image.verifying.locked_images import (
    PREFIX,
    SITE,
    base,
    built,
    installed,
    lock_in,
    only,
    told,
    verified,
)

ROOT = f"/{SITE}"
SCRIPT = "opt/venv/bin/demo"
CORE = b"def main():\n    return 0\n"


def test_an_image_of_its_lock_is_whole(tmp_path: Path) -> None:
    verification = verified(built(tmp_path), lock_in(tmp_path))
    assert told(verification) == []
    assert verification.is_whole
    assert (verification.packages, verification.environment) == (2, PREFIX)
    # the modules, the commands, the header, and what describes the packages
    assert verification.files == len(installed(tmp_path)) - 2 * len(("RECORD", "INSTALLER")) - 3
    assert verification.layers is None
    assert verification.system_packages is None


def test_what_is_excused_is_counted(tmp_path: Path) -> None:
    unchecked = {one.what: one.files for one in verified(built(tmp_path), lock_in(tmp_path)).unchecked}
    assert unchecked == {BYTECODE: 1, METADATA: 2 * 2 + 2, COMMANDS: 4}
    assert unchecked.keys() <= REASONS.keys()


ALTERATIONS: dict[str, tuple[Files, str, str]] = {
    "an altered byte": (
        {f"{SITE}/demo/core.py": CORE.replace(b"0", b"1")},
        "altered-file",
        f"{ROOT}/demo/core.py",
    ),
    "a longer file": ({f"{SITE}/other.py": b"x = 2\nimport os\n"}, "altered-file", f"{ROOT}/other.py"),
    "a removed file": ({f"{SITE}/demo/.wh.core.py": b""}, "missing-file", f"{ROOT}/demo/core.py"),
    "an extra module": ({f"{SITE}/demo/evil.py": b"1"}, "extra-file", f"{ROOT}/demo/evil.py"),
    "an extra library": ({f"{SITE}/demo/core.abi3.so": b"1"}, "extra-file", f"{ROOT}/demo/core.abi3.so"),
    "a line run at every start": ({f"{SITE}/z.pth": b"import os"}, "extra-file", f"{ROOT}/z.pth"),
    "a module run at every start": (
        {f"{SITE}/sitecustomize.py": b"1"},
        "extra-file",
        f"{ROOT}/sitecustomize.py",
    ),
    "an altered start of virtualenv": (
        {f"{SITE}/_virtualenv.py": b"1"},
        "extra-file",
        f"{ROOT}/_virtualenv.py",
    ),
    "a module without its source": ({f"{SITE}/spy.pyc": b"1"}, "extra-file", f"{ROOT}/spy.pyc"),
    "bytecode of nothing": (
        {f"{SITE}/demo/__pycache__/gone.cpython-311.pyc": b"1"},
        "extra-file",
        f"{ROOT}/demo/__pycache__/gone.cpython-311.pyc",
    ),
    "an extra command": (
        {"opt/venv/bin/pytohn": Moded(b"#!/bin/sh\n", 0o755)},
        "extra-file",
        "/opt/venv/bin/pytohn",
    ),
    "another interpreter": (
        {SCRIPT: Moded(b"#!/tmp/python\nfrom demo.core import main\n", 0o755)},
        "altered-file",
        f"/{SCRIPT}",
    ),
    "changed metadata": (
        {f"{SITE}/demo-1.0.dist-info/METADATA": b"Metadata-Version: 2.1\nName: demo\nVersion: 1.1\n"},
        "altered-file",
        f"{ROOT}/demo-1.0.dist-info/METADATA",
    ),
    "a link in place of a file": (
        {f"{SITE}/demo/core.py": Link("/tmp/core.py")},
        "replaced-file",
        f"{ROOT}/demo/core.py",
    ),
    "a pipe in place of a file": ({f"{SITE}/other.py": Fifo()}, "replaced-file", f"{ROOT}/other.py"),
    "another file in its place": (
        {"tmp/x": b"evil", f"{SITE}/other.py": HardLink("tmp/x")},
        "altered-file",
        f"{ROOT}/other.py",
    ),
    "setuid": ({f"{SITE}/demo/core.py": Moded(CORE, 0o4755)}, "permissions", f"{ROOT}/demo/core.py"),
    "writable by everybody": (
        {f"{SITE}/demo/core.py": Moded(CORE, 0o666)},
        "permissions",
        f"{ROOT}/demo/core.py",
    ),
    "an extra package": (
        {
            f"{SITE}/spy/__init__.py": b"1",
            f"{SITE}/spy-0.1.dist-info/METADATA": b"1",
            f"{SITE}/spy-0.1.dist-info/RECORD": b"spy/__init__.py,,\n",
        },
        "extra-package",
        "spy",
    ),
    "an extra package of old": ({f"{SITE}/spy-0.1-py3.11.egg-info": b"Name: spy\n"}, "extra-package", "spy"),
}


@pytest.mark.parametrize("name", ALTERATIONS)
def test_each_alteration_is_named_and_nothing_else(name: str, tmp_path: Path) -> None:
    layer, kind, subject = ALTERATIONS[name]
    verification = verified(built(tmp_path, layer), lock_in(tmp_path))
    assert told(verification) == [(kind, subject)]
    assert not verification.is_whole
    assert only(verification).layer == 3


def test_a_missing_package(tmp_path: Path) -> None:
    files = {path: made for path, made in installed(tmp_path).items() if "other" not in path}
    verification = verified(image(base(), files), lock_in(tmp_path))
    assert told(verification) == [("missing-package", "other")]


def test_another_version_is_one_deviation_and_not_one_a_file(tmp_path: Path) -> None:
    files = {path: made for path, made in installed(tmp_path).items() if "other" not in path}
    newer: Files = {
        f"{SITE}/other.py": b"x = 3\n",
        f"{SITE}/more.py": b"z = 3\n",
        f"{SITE}/other-2.1.dist-info/METADATA": b"1",
        f"{SITE}/other-2.1.dist-info/RECORD": b"other.py,,\nmore.py,,\n",
    }
    verification = verified(image(base(), files, newer), lock_in(tmp_path))
    assert told(verification) == [("other-version", "other")]
    assert only(verification).detail == "2.1 instead of 2.0"


def test_a_second_version_beside_the_locked_one(tmp_path: Path) -> None:
    verification = verified(
        built(tmp_path, {f"{SITE}/other-1.9.dist-info/METADATA": b"1"}), lock_in(tmp_path)
    )
    assert told(verification) == [("extra-package", "other")]
    assert "beside the locked one" in only(verification).detail


def test_a_directory_removed_by_a_layer_is_told_file_by_file(tmp_path: Path) -> None:
    verification = verified(built(tmp_path, {f"{SITE}/.wh.demo": b""}), lock_in(tmp_path))
    missing = [f"{ROOT}/demo/{name}" for name in ("__init__.py", "core.py", "data.bin")]
    assert told(verification) == [("missing-file", one) for one in missing]
    assert {one.detail for one in verification.deviations} == {"layer 3 removes it"}


def test_metadata_removed_by_a_layer_does_not_hide_the_rest(tmp_path: Path) -> None:
    layer: Files = {f"{SITE}/.wh.demo-1.0.dist-info": b"", f"{SITE}/demo/core.py": b"evil"}
    found = told(verified(built(tmp_path, layer), lock_in(tmp_path)))
    assert ("altered-file", f"{ROOT}/demo/core.py") in found
    assert ("missing-file", f"{ROOT}/demo-1.0.dist-info/METADATA") in found
    assert ("missing-package", "demo") not in found


def test_a_directory_behind_a_link_is_not_what_a_wheel_installs(tmp_path: Path) -> None:
    layer: Files = {f"{SITE}/.wh.shared": b"", "tmp/shared/other/part.py": b"evil"}
    behind: Files = {f"{SITE}/shared": Link("/tmp/shared")}
    found = told(verified(built(tmp_path, layer, behind), lock_in(tmp_path)))
    assert found == [("extra-file", f"{ROOT}/shared"), ("missing-file", f"{ROOT}/shared/other/part.py")]


def test_a_record_excuses_nothing_that_is_locked(tmp_path: Path) -> None:
    """Whoever claims another's file has not made it right."""
    layer: Files = {
        f"{SITE}/pip-24.0.dist-info/RECORD": b"demo/core.py,,\ndemo/evil.py,,\nevil.pth,,\npip/a.py,,\n",
        f"{SITE}/demo/core.py": b"evil",
        f"{SITE}/demo/evil.py": b"evil",
        f"{SITE}/evil.pth": b"import evil",
        f"{SITE}/pip/a.py": b"1",
    }
    verification = verified(built(tmp_path, layer), lock_in(tmp_path))
    assert told(verification) == [
        ("altered-file", f"{ROOT}/demo/core.py"),
        ("extra-file", f"{ROOT}/demo/evil.py"),
        ("extra-file", f"{ROOT}/evil.pth"),
    ]
    assert {one.what: one.files for one in verification.unchecked}[SEEDS] == 2


def test_the_project_itself_is_said_and_not_judged(tmp_path: Path) -> None:
    own = '[[packages]]\nname = "mine"\ndirectory = { path = "." }\n'
    layer: Files = {
        f"{SITE}/__editable__.mine-0.1.pth": b"/app",
        f"{SITE}/mine-0.1.dist-info/METADATA": b"1",
        f"{SITE}/mine-0.1.dist-info/RECORD": b"__editable__.mine-0.1.pth,,\n",
    }
    verification = verified(built(tmp_path, layer), lock_in(tmp_path, more=own))
    assert told(verification) == []
    assert {one.what: one.files for one in verification.unchecked}[PROJECT] == 3
    assert any("mine" in one for one in verification.notes)


def test_a_python_that_is_no_virtual_environment(tmp_path: Path) -> None:
    """As in Docker's own images of Python: what else has commands there is nobody's concern."""
    moved = {
        path.replace("opt/venv/include/site/", "usr/local/include/").replace("opt/venv", "usr/local"): made
        for path, made in installed(tmp_path).items()
    }
    text = (
        b"#!/usr/local/bin/python3.11\nimport sys\nfrom demo.core import main\nif __name__ == '__main__':\n"
    )
    moved["usr/local/bin/demo"] = Moded(
        text + b"    sys.argv[0] = sys.argv[0].removesuffix('.exe')\n    sys.exit(main())\n", 0o755
    )
    moved["usr/local/bin/demo-tool"] = Moded(b"#!/usr/local/bin/python3\nprint('tool')\n", 0o755)
    moved["usr/local/bin/node"] = Moded(b"elf", 0o755)
    verification = verified(image({"usr/local/bin/python3.11": b"elf"}, moved), lock_in(tmp_path))
    assert told(verification) == []
    assert verification.environment == "/usr/local"


def test_an_environment_is_where_the_user_says(tmp_path: Path) -> None:
    lock = lock_in(tmp_path)
    assert verified(built(tmp_path), lock, prefix=PREFIX).is_whole
    with pytest.raises(RequestError) as raised:
        verified(built(tmp_path), lock, prefix="/srv/venv")
    assert raised.value.message == "there is no environment for Python 3.11 at /srv/venv"
    assert raised.value.hint == "there is one at /opt/venv: --prefix names it"


def test_an_image_without_python_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match=r"there is no environment for Python 3\.11 in it"):
        verified(image({"etc/x": b"1"}), lock_in(tmp_path))


def test_notes_say_what_leads_python_elsewhere(tmp_path: Path) -> None:
    configuration = b"home = /usr/bin\ninclude-system-site-packages = true\n"
    made = image(
        base(),
        installed(tmp_path),
        {"opt/venv/pyvenv.cfg": configuration},
        env=("PYTHONPATH=/evil", "LANG=C"),
    )
    text = " ".join(verified(made, lock_in(tmp_path)).notes)
    assert "Its Python is /usr/bin/python3.11" in text
    assert "sets PYTHONPATH" in text
    assert "packages of the system's Python" in text
    assert "LANG" not in text


def test_the_layer_that_did_it_is_named(tmp_path: Path) -> None:
    layers = (MadeLayer(files={"a": b"1"}), MadeLayer(files={f"{SITE}/other.py": b"x = 3\n"}))
    assert only(verified(built(tmp_path, *layers), lock_in(tmp_path))).layer == 4


def test_no_byte_of_a_locked_file_changes_unseen(tmp_path: Path) -> None:
    """The last bit of every file at once: each is named, but for what is excused with a reason."""
    lock, files = lock_in(tmp_path), installed(tmp_path)
    content = {path: made.data for path, made in files.items() if isinstance(made, Moded) and made.data}
    flipped = {path: Moded(data[:-1] + bytes((data[-1] ^ 1,)), 0o755) for path, data in content.items()}
    verification = verified(image(base(), files, flipped), lock)
    named = {one.subject.removeprefix("/") for one in verification.deviations}
    excused = {path for path in content if path.endswith(("/RECORD", "/INSTALLER"))}
    assert named == content.keys() - excused
    assert len(named) >= 10
