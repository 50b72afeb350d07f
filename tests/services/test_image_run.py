"""Images run on real engines: with a profile's configuration, with secrets that nobody else sees."""

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from samestack.oci.copying import copy
from samestack.oci.layout.writing import writing_layout
from samestack.oci.opening import located
from samestack.process import run
from tests.cli.images.actions import run_action, started
from tests.services.container_engine import ContainerEngine

pytestmark = pytest.mark.service

CANARY: Final = "canary-c9f0f895fb98ab91"
NAME: Final = "localhost/samestack-run:1"
OTHER: Final = "localhost/samestack-run:2"
SHOW: Final = "import json, os; print(json.dumps(dict(os.environ)))"
SERVE: Final = (
    "import signal, sys, time; signal.signal(signal.SIGTERM, lambda *_: sys.exit(7)); "
    "print(open('/run/secrets/key').read(), flush=True); time.sleep(60)"
)


@pytest.fixture(scope="module")
def image(engine: ContainerEngine, base_image: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A small image in the engine: its user is nobody that this machine knows."""
    context = tmp_path_factory.mktemp("context")
    (context / "Dockerfile").write_text(
        f'FROM {base_image}\nENV FROM_IMAGE=1\nUSER 10001:10001\nCMD ["echo", "ran"]\n'
    )
    engine.build(context, NAME, has_buildkit=False)
    return NAME


@pytest.fixture(scope="module")
def layout(engine: ContainerEngine, image: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another image, as a layout; no engine has it."""
    context, directory = tmp_path_factory.mktemp("context"), tmp_path_factory.mktemp("image") / "layout"
    (context / "Dockerfile").write_text(f"FROM {image}\nENV FROM_LAYOUT=1\n")
    engine.build(context, OTHER, has_buildkit=False)
    with pytest.MonkeyPatch.context() as patched, writing_layout(directory) as destination:
        for name, value in engine.environment.items():
            patched.setenv(name, value)
        source, version = located(f"image:{OTHER}")
        copy(source, version, destination, "1")
    engine.docker("rmi", OTHER)
    return directory


@pytest.fixture
def project(tmp_path: Path) -> Path:
    project = tmp_path / "project"
    (project / "config").mkdir(parents=True)
    (project / "config/base.toml").write_text('log_level = "INFO"\n[database]\npool = 2\n')
    (project / "config/development.toml").write_text('log_level = "DEBUG"\n')
    (project / "key.txt").write_text(CANARY)
    (project / "key.txt").chmod(0o600)
    return project


def ran(image: str, project: Path, *words: str) -> tuple[int, str, str]:
    return run_action("run", f"image:{image}", "--network=none", f"--project={project}", *words)


def test_what_the_image_says_is_run(image: str, project: Path) -> None:
    assert ran(image, project) == (0, "ran\n", "")


def test_a_profile_is_its_environment(image: str, project: Path) -> None:
    (project / "more.env").write_text("EXTRA=from a file\nDATABASE__POOL=9\n")
    words = ("--profile=development", f"--env-file={project}/more.env", "--", "python3", "-c", SHOW)
    status, output, messages = ran(image, project, *words)
    assert (status, messages) == (0, "")
    found = json.loads(output)
    expected = {
        "LOG_LEVEL": "DEBUG",
        "DATABASE__POOL": "9",
        "EXTRA": "from a file",
        "FROM_IMAGE": "1",
    }
    assert expected.items() <= found.items()


def test_the_exit_status_and_the_input_are_the_programs(image: str, project: Path) -> None:
    assert ran(image, project, "--", "sh", "-c", "exit 41")[0] == 41
    with started("run", "--network=none", f"image:{image}", "--", "cat", stdin=subprocess.PIPE) as process:
        assert process.communicate("hello", timeout=60)[0] == "hello"


@pytest.fixture
def served(image: str, project: Path, docker_host: None) -> Iterator["subprocess.Popen[str]"]:
    """A program that has read its secret and waits."""
    secret = f"--secret=key={project}/key.txt"
    command = ("run", "--network=none", secret, f"image:{image}", "--", "python3", "-c", SERVE)
    with started(*command) as process:
        try:
            yield process
        finally:
            process.kill()


def test_a_secret_is_seen_by_the_program_and_by_nobody_else(
    engine: ContainerEngine, served: "subprocess.Popen[str]"
) -> None:
    assert served.stdout is not None
    assert served.stdout.readline() == f"{CANARY}\n"  # though its file is for its owner alone
    (container,) = engine.docker("ps", "--quiet").output.split()
    inspected = engine.docker("inspect", container).output
    assert CANARY not in inspected
    assert "/run/secrets" in inspected
    assert CANARY not in everything_that_ps_shows()
    engine.docker("commit", container, "localhost/samestack-committed:1")
    seen = engine.docker("run", "--rm", "localhost/samestack-committed:1", "ls", "-A", "/run/secrets")
    assert seen.output == ""
    served.send_signal(signal.SIGTERM)
    assert served.wait(30) == 7
    mounted = json.loads(inspected)[0]["Mounts"][0]["Source"]
    assert not Path(mounted).parent.exists() or is_gone(Path(mounted).parent)


def everything_that_ps_shows() -> str:
    """Words and environments of every process."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        for name in ("cmdline", "environ"):
            try:
                found.append((process / name).read_bytes().decode(errors="replace"))
            except OSError:
                continue
    assert any("samestack" in text for text in found)
    return "".join(found)


def is_gone(directory: Path) -> bool:
    run(["timeout", "20", "sh", "-c", f"while [ -e {directory} ]; do sleep 0.05; done"], check=False)
    return not directory.exists()


def test_secrets_cannot_be_changed(image: str, project: Path) -> None:
    secret = f"--secret=key={project}/key.txt"
    status, _, messages = ran(image, project, secret, "--", "sh", "-c", "echo other > /run/secrets/key")
    assert status != 0
    assert "cannot create" in messages


def test_a_layout_is_loaded_once(engine: ContainerEngine, layout: Path, tmp_path: Path) -> None:
    shutil.copytree(layout, tmp_path / "copy", copy_function=os.link)
    shown = "import os; print(os.environ['FROM_LAYOUT'])"
    words = ("run", "--network=none", f"oci:{tmp_path}/copy:1", "--", "python3", "-c", shown)
    assert run_action(*words) == (0, "1\n", "")
    before = images_of(engine)
    largest = max((tmp_path / "copy/blobs/sha256").iterdir(), key=lambda blob: blob.stat().st_size)
    largest.unlink()  # nothing but the documents is read again
    assert run_action(*words) == (0, "1\n", "")
    assert images_of(engine) == before


def images_of(engine: ContainerEngine) -> set[str]:
    return set(engine.docker("images", "--quiet", "--no-trunc", "--all").output.split())


def test_podman_runs_it_too(image: str, layout: Path, project: Path, podman: Path) -> None:
    secret = f"--secret=key={project}/key.txt"
    shown = "import os; print(os.environ['LOG_LEVEL'], open('/run/secrets/key').read())"
    status, output, messages = run_action(
        *("run", "--engine=podman", "--network=none", f"--project={project}", "--profile=development"),
        *(secret, f"oci:{layout}:1", "--", "python3", "-c", shown),
    )
    assert (status, output) == (0, f"DEBUG {CANARY}\n"), messages


def test_without_gpus_it_is_said(image: str, project: Path) -> None:
    if Path("/dev/nvidiactl").exists():
        pytest.skip("there is a GPU here")
    status, output, messages = ran(image, project, "--gpus")
    assert (status, output) == (0, "ran\n")
    assert messages == "samestack: there is no GPU here that its driver shows: it runs without\n"
