"""Images that a real engine built, by pip or from a generated Dockerfile, held against their locks."""

import hashlib
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from samestack.image.building.wheel_files import WheelFiles
from samestack.image.dockerfile.choices import Choices
from samestack.image.dockerfile.saving import save
from samestack.image.sizes.explaining import explain
from samestack.image.verifying.exceptions import BYTECODE, SEEDS
from samestack.image.verifying.verification import Verification
from samestack.image.verifying.verifying import Terms, verify
from samestack.lock.reading import read_lock
from samestack.oci.opening import open_image
from samestack.oci.places import Image
from samestack.process import run
from tests.cli.images.actions import run_action
from tests.image.dockerfile.small_project import DIGEST, made, small_project
from tests.services.base_archive import kept_in
from tests.services.container_engine import ContainerEngine
from tests.services.image_builds import index_of_files
from tests.services.requirement import unavailable
from tests.solve.local_index import served

pytestmark = pytest.mark.service

BY_PIP: Final = "localhost/verify:1"
ALTERED: Final = "localhost/verify:altered"
GENERATED: Final = "localhost/verify:generated"
UV: Final = "localhost/verify-uv:1"
SERIES: Final = "3.11"
SITE: Final = f"/opt/venv/lib/python{SERIES}/site-packages"
NAMES: Final = (
    *("flask", "werkzeug", "jinja2", "markupsafe", "click", "blinker", "itsdangerous"),
    *("greenlet", "jmespath"),
)
"""Compiled modules, commands, headers, and scripts of the wheel's own among them."""
HEAD: Final = 'lock-version = "1.0"\ncreated-by = "test"\nrequires-python = "==3.11.*"\n'
INSTALLED: Final = f"""\
FROM {{base}}
COPY wheels /wheels
RUN python3 -m venv /opt/venv \\
 && /opt/venv/bin/pip install --no-index --no-deps --quiet --find-links=/wheels {" ".join(NAMES)}
RUN rm -rf /wheels
"""
ALTERATIONS: Final = (
    (
        f"printf X | dd of={SITE}/flask/app.py bs=1 seek=50 conv=notrunc",
        "altered-file",
        f"{SITE}/flask/app.py",
    ),
    (f"rm {SITE}/click/types.py", "missing-file", f"{SITE}/click/types.py"),
    (f"echo 'import os' > {SITE}/jinja2/spy.py", "extra-file", f"{SITE}/jinja2/spy.py"),
    (f"echo 'import os' > {SITE}/spy.pth", "extra-file", f"{SITE}/spy.pth"),
    (
        f"mkdir {SITE}/spy-1.0.dist-info && echo 'Name: spy' > {SITE}/spy-1.0.dist-info/METADATA",
        "extra-package",
        "spy",
    ),
    (
        f"cd {SITE} && mv blinker-*.dist-info blinker-0.1.dist-info",
        "other-version",
        "blinker",
    ),
    ("sed -i 1s:.*:#!/usr/bin/python3: /opt/venv/bin/flask", "altered-file", "/opt/venv/bin/flask"),
    (
        f"sed -i 's/^Summary:.*/Summary: mine/' {SITE}/werkzeug-*.dist-info/METADATA",
        "altered-file",
        f"{SITE}/werkzeug-VERSION.dist-info/METADATA",
    ),
    (f"ln -sf /tmp/evil.py {SITE}/itsdangerous/timed.py", "replaced-file", f"{SITE}/itsdangerous/timed.py"),
    (f"chmod u+s {SITE}/markupsafe/_speedups*.so", "permissions", f"{SITE}/markupsafe/_speedups"),
    (f"chmod o+w {SITE}/greenlet/__init__.py", "permissions", f"{SITE}/greenlet/__init__.py"),
    (
        f"rm -r {SITE}/jmespath {SITE}/jmespath-*.dist-info /opt/venv/bin/jp.py /opt/venv/bin/__pycache__",
        "missing-package",
        "jmespath",
    ),
    ("cp /bin/true /opt/venv/bin/gunicorn", "extra-file", "/opt/venv/bin/gunicorn"),
)
"""What somebody may do to an image, each in a layer of its own."""


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A context of a build: the wheels, fetched once for weeks, and the lock that names them."""
    kept = kept_in("test-wheels") / f"verify-{hashlib.sha256(repr(NAMES).encode()).hexdigest()[:8]}"
    if not kept.is_dir():
        _fetch(kept)
    context = tmp_path_factory.mktemp("context")
    shutil.copytree(kept, context / "wheels")
    (context / "pylock.toml").write_text(HEAD + "".join(map(_locked, sorted(kept.glob("*.whl")))))
    return context


def _fetch(kept: Path) -> None:
    aside = kept.with_name(f".{kept.name}")
    shutil.rmtree(aside, ignore_errors=True)
    tags = (
        "--python-version",
        SERIES,
        "--platform",
        "manylinux2014_x86_64",
        "--platform",
        "manylinux_2_28_x86_64",
    )
    words = ("download", "--quiet", "--no-deps", "--only-binary", ":all:", *tags, "--dest", aside, *NAMES)
    finished = run([sys.executable, "-m", "pip", *words], timeout=300, check=False)
    if finished.status != 0:
        unavailable("no package index has the wheels")
    aside.rename(kept)


def _locked(wheel: Path) -> str:
    name, version = wheel.name.split("-")[:2]
    digits, size = hashlib.sha256(wheel.read_bytes()).hexdigest(), wheel.stat().st_size
    file = f'{{ path = "wheels/{wheel.name}", size = {size}, hashes = {{ sha256 = "{digits}" }} }}'
    name = name.lower().replace("_", "-")
    return f'\n[[packages]]\nname = "{name}"\nversion = "{version}"\nwheels = [{file}]\n'


@pytest.fixture(scope="module")
def images(engine: ContainerEngine, base_image: str, directory: Path) -> Mapping[str, Image]:
    """The image as somebody built it who knows nothing of samestack, and what others made of it."""
    (directory / "Dockerfile").write_text(INSTALLED.format(base=base_image))
    engine.build(directory, BY_PIP, has_buildkit=False)
    altered = directory / "altered"
    altered.mkdir()
    lines = (f"FROM {BY_PIP}", *(f"RUN {command}" for command, _, _ in ALTERATIONS))
    (altered / "Dockerfile").write_text("".join(f"{line}\n" for line in lines))
    engine.build(altered, ALTERED, has_buildkit=False)
    with pytest.MonkeyPatch.context() as patched:
        for name, value in engine.environment.items():
            patched.setenv(name, value)
        return {name: open_image(f"image:{name}") for name in (BY_PIP, ALTERED)}


def verified(image: Image, lock: Path) -> Verification:
    with WheelFiles() as wheels:
        return verify(image, Terms(lock=read_lock(lock), python=SERIES), wheels)


def test_what_pip_installed_is_what_the_lock_says(images: Mapping[str, Image], directory: Path) -> None:
    verification = verified(images[BY_PIP], directory / "pylock.toml")
    assert verification.deviations == ()
    assert (verification.packages, verification.environment) == (len(NAMES), "/opt/venv")
    assert verification.files > 250
    unchecked = {one.what: one.files for one in verification.unchecked}
    assert unchecked[BYTECODE] > 100
    assert unchecked[SEEDS] > 300


def test_every_alteration_is_named_and_nothing_else(images: Mapping[str, Image], directory: Path) -> None:
    verification = verified(images[ALTERED], directory / "pylock.toml")
    layers = len(images[BY_PIP].manifest.layers)
    found = {(one.layer - layers, one.kind.value, one.subject) for one in verification.deviations}
    for number, (_, kind, subject) in enumerate(ALTERATIONS, 1):
        before, _, after = subject.partition("VERSION")
        named = [one for one in found if one[1] == kind and one[2].startswith(before) and after in one[2]]
        assert len(named) == 1, subject
        assert kind == "missing-package" or named[0][0] == number
        found -= set(named)
    assert found == set()


@pytest.mark.usefixtures("images")
def test_the_command_line_names_them_too(directory: Path, tmp_path: Path) -> None:
    """It asks the engine, as a user's would."""
    lock = str(directory / "pylock.toml")
    status, output, _ = run_action("verify", f"image:{ALTERED}", lock, "--project", str(tmp_path))
    assert status == 1
    assert f"{len(ALTERATIONS)} deviations." in output
    assert f"{SITE}/spy.pth" in output


def test_an_image_is_weighed_to_the_byte(engine: ContainerEngine, images: Mapping[str, Image]) -> None:
    sizes = explain(images[BY_PIP])
    # The engine adds up what is in its layers, hidden or not.
    said = int(engine.docker("image", "inspect", "--format={{.Size}}", BY_PIP).output)
    assert sum(one.unpacked for one in sizes.layers) == pytest.approx(said, rel=0.01)
    owners = {one.owner.name: one.unpacked for one in sizes.owners}
    assert owners["libc6"] > 5_000_000
    assert {"perl-base", "flask", "greenlet", "pip"} <= owners.keys()
    # The wheels were removed a layer too late: they are moved, and nobody sees them.
    hidden = {one.path: one for one in sizes.hidden if one.path.startswith("wheels/")}
    assert len(hidden) == len(NAMES)
    assert all((one.layer, one.by) == (2, 4) for one in hidden.values())
    assert {"compiled bytecode", "headers"} <= {one.kind for one in sizes.waste}


@pytest.mark.usefixtures("engine")
def test_what_a_generated_dockerfile_makes_is_what_the_lock_says(
    engine: ContainerEngine, base_image: str, tmp_path: Path
) -> None:
    shutil.copy(Path(sys.executable).parent / "uv", tmp_path / "uv")
    (tmp_path / "Dockerfile").write_text("FROM scratch\nCOPY uv /uv\n")
    engine.build(tmp_path, UV, has_buildkit=False)
    project = small_project(tmp_path)
    _save_without_digests(project, Choices(base=base_image, installer=UV, has_buildkit=False))
    with served(index_of_files(tmp_path / "wheels")) as address:
        argument = f"--build-arg=UV_DEFAULT_INDEX={address}"
        engine.build(project, GENERATED, argument, has_buildkit=False)
    shutil.copytree(tmp_path / "wheels", project, dirs_exist_ok=True)
    verification = verified(open_image(f"image:{GENERATED}"), project / "pylock.toml")
    assert verification.deviations == ()
    assert verification.packages == 2


def _save_without_digests(project: Path, choices: Choices) -> None:
    """What was never in a registry has none."""
    save(made(project, choices), project)
    file = project / "Dockerfile"
    file.write_text(file.read_text().replace(DIGEST, ""))
