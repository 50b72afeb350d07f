"""No secret of any source appears in an output, a log, an exception, a file or the list of processes."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.aws_server import AwsServer
from tests.services.consul_server import ConsulServer
from tests.services.kubernetes_cluster import KubernetesCluster
from tests.services.planted_canaries import PLACES, Canaries, Onlooker, canary, notebook, vault_place
from tests.services.vault_server import VaultServer

pytestmark = pytest.mark.service

LEAK = "import os; print(dict(os.environ)); print('x' + os.environ.get('VAULT', ''))"
COMMANDS = (
    *(
        f"config {action}"
        for action in (
            "check --all",
            "check --profile production",
            "check --profile production --presence",
            "check --all --format json",
            "check --all --format markdown",
            "check --all --format sarif",
            "show --profile production",
            "show --profile production --format json",
            "show --profile broken",
            "sources --profile production",
            "sources --profile production --format json",
            "diff production broken",
            "diff production broken --origins --format json",
            "diff production development",
            "docs",
            "render --to env --profile production",
            "render --to configmap --profile production --name app",
            "render --to external-secret --profile production --name app",
            "render --to compose --profile production",
            "rotate --profile production",
            "rotate --profile production --generate -- AGE",
            "scan --profile production",
            "scan --git --profile production",
            "scan --format json",
            "scan --format sarif",
            "init --dry-run",
            "encrypt --profile production nowhere.env",
            "encrypt --profile production config/malformed.toml",
            "check --profile strange",
            "check --profile malformed",
            "show --profile malformed",
            "why NOWHERE --profile production",
        )
    ),
    "run --profile production -- true",
    "run --profile malformed --redact -- true",
    "run --profile broken --watch -- true",
    "capture machine: --format json",
    "capture machine: --deep",
    "check machine:",
    "init --dry-run",
    "diff machine: machine:",
)


@pytest.fixture(scope="module")
def canaries(
    tmp_path_factory: pytest.TempPathFactory,
    aws_server: AwsServer,
    consul_server: ConsulServer,
    kubernetes_cluster: KubernetesCluster,
    vault_server: VaultServer,
) -> Iterator[Canaries]:
    """The project, planted."""
    made = Canaries(tmp_path_factory.mktemp("canaries"))
    made.plant_locally(vault_place())
    made.plant_vault(vault_server)
    made.plant_consul(consul_server)
    made.plant_aws(aws_server)
    made.plant_kubernetes(kubernetes_cluster)
    _commit(made)
    yield made
    aws_server.client("secretsmanager").delete_secret(SecretId="canaries", ForceDeleteWithoutRecovery=True)
    consul_server.delete("canaries/")
    vault_server.forget("canaries")


def _commit(canaries: Canaries) -> None:
    """Code, a notebook, and a history with secrets written into them."""
    canaries.write("app.py", f'API_TOKEN = "{canary("code")}"\n')
    canaries.write("study.ipynb", notebook(canary("notebook")))
    canaries.write("old.py", f'API_TOKEN = "{canary("history")}"\n')
    git = ["git", "-c", "user.name=tests", "-c", "user.email=tests@localhost"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "all"]):
        subprocess.run([*git, *words], cwd=canaries.project, check=True)
    (canaries.project / "old.py").unlink()
    subprocess.run([*git, "commit", "-qam", "less"], cwd=canaries.project, check=True)


def told(canaries: Canaries, *words: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
    """What a command wrote."""
    return subprocess.run(
        [sys.executable, "-m", "samestack", *words],
        cwd=canaries.project,
        env=canaries.variables,
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def test_there_are_at_least_thirty() -> None:
    assert len(PLACES) >= 30
    assert len({canary(place) for place in PLACES}) == len(PLACES)


def test_the_search_finds_what_it_looks_for(canaries: Canaries) -> None:
    """Else all the others would pass whatever was told."""
    given = told(canaries, "run", "--set", "WORKERS=1", "--profile", "production", "--", "true")
    assert given.returncode != 0
    assert canaries.told_in(f"x{canary('vault')}y") == [canary("vault")]
    leaking = canaries.temporary / "leak"
    leaking.write_text(canary("age"))
    assert canaries.found_in_files()
    with Onlooker(canaries) as onlooker:
        subprocess.run(
            [
                "sleep",
                "0.2",
            ],
            check=True,
        )
        subprocess.run([sys.executable, "-c", "import time; time.sleep(0.3)", canary("sops")], check=True)
    assert any(canary("sops") in one for one in onlooker.seen)
    assert any(canary("age") in one for one in onlooker.seen)
    leaking.unlink()
    assert canaries.found_in_files() == []


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_tells_one(canaries: Canaries, command: str) -> None:
    """Nor does its traceback, where it has one to show."""
    before, _, after = command.partition(" -- ")
    command_of_its_own = ["--", *after.split()] if after else []
    with Onlooker(canaries) as onlooker:
        done = told(canaries, *before.split(), *command_of_its_own)
        said = done.stdout + done.stderr
        if done.returncode > 1:
            traced = told(canaries, *before.split(), "--debug", *command_of_its_own)
            said += traced.stdout + traced.stderr
    assert said
    assert "unrecognized arguments" not in said
    assert "this should not happen" not in said
    assert canaries.told_in(said) == []
    assert onlooker.looks
    assert onlooker.seen == []
    assert canaries.found_in_files() == []


@pytest.mark.parametrize("place", PLACES)
def test_why_tells_none(canaries: Canaries, place: str) -> None:
    name = place.upper().replace("-", "_")
    form = "json" if len(place) % 2 else "table"
    done = told(canaries, "config", "why", name, "--profile", "production", "--format", form)
    assert canaries.told_in(done.stdout + done.stderr) == []


def test_a_secret_that_is_given_on_a_command_line_is_refused_and_not_repeated(canaries: Canaries) -> None:
    for words in (("config", "check"), ("config", "show"), ("run",)):
        given = f"OVERRIDE={canary('override')}"
        more = ("--", "true") if words == ("run",) else ()
        done = told(canaries, *words, "--profile", "production", "--set", given, *more)
        assert done.returncode == 1
        assert canaries.told_in(done.stdout + done.stderr) == []


def test_what_is_typed_or_piped_is_not_told(canaries: Canaries) -> None:
    with Onlooker(canaries) as onlooker:
        piped = told(
            canaries, "config", "encrypt", "--profile", "production", "-", typed=f"PIPED={canary('piped')}\n"
        )
        wrong = told(
            canaries, "config", "encrypt", "--profile", "production", "-", typed=f"{canary('piped')}\n"
        )
        turned = told(
            canaries, "config", "rotate", "--profile", "production", "AGE", typed=f"{canary('generated')}\n"
        )
    assert (piped.returncode, wrong.returncode, turned.returncode) == (0, 2, 0)
    for done in (piped, wrong, turned):
        assert canaries.told_in(done.stdout + done.stderr) == []
    assert onlooker.seen == []
    assert canaries.found_in_files() == []


def test_a_command_that_tells_all_is_redacted(canaries: Canaries) -> None:
    """The configuration of another project, in which nothing is wrong."""
    whole = canaries.project / "whole"
    (whole / "config").mkdir(parents=True, exist_ok=True)
    (whole / "pyproject.toml").write_text(
        f'[tool.samestack.config.profiles.staging]\nsources = ["vault:{vault_place()}"]\n'
        '[tool.samestack.config.fields]\nVAULT = { type = "string", secret = true }\n'
        'VAULT_NESTED = { type = "string", secret = true }\n'
        'PROCESS_SHADOWING = { type = "string", secret = true }\n'
    )
    own = ("run", "--project", str(whole), "--profile", "staging", "--pristine", "--redact")
    done = told(canaries, *own, "--", sys.executable, "-c", LEAK)
    assert done.returncode == 0, done.stderr
    assert "x********" in done.stdout
    assert canaries.told_in(done.stdout + done.stderr) == []


def test_a_class_that_quotes_what_it_refuses_is_not_quoted(canaries: Canaries, tmp_path: Path) -> None:
    """pydantic's own errors show values in three ways; here its validator does it in words as well."""
    (tmp_path / "refusing.py").write_text(REFUSING)
    (tmp_path / "pyproject.toml").write_text('[tool.samestack.config]\nschema = "refusing:Settings"\n')
    (tmp_path / "config").mkdir()
    (tmp_path / "config/development.toml").write_text("")
    (tmp_path / ".venv").symlink_to(sys.prefix)
    environment = {
        **canaries.variables,
        "CLASS_REJECTS": canary("class-rejects"),
        "PYDANTIC_SETTINGS_DEBUG": "1",
    }
    for words in (("config", "check"), ("config", "check", "--format", "json"), ("config", "show")):
        done = subprocess.run(
            [sys.executable, "-m", "samestack", *words, "--debug"],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert canaries.told_in(done.stdout + done.stderr) == []
        assert (done.returncode == 1) is (words[1] == "check"), done.stderr
    loading = "from samestack.config import load; from refusing import Settings; load(Settings)"
    started = subprocess.run(
        [sys.executable, "-c", loading],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert started.returncode == 1
    assert "CLASS_REJECTS" in started.stderr
    assert canaries.told_in(started.stdout + started.stderr) == []


REFUSING = """
from pydantic import BaseModel, SecretStr, field_validator

class Settings(BaseModel):
    class_rejects: SecretStr

    @field_validator("class_rejects")
    @classmethod
    def refuse(cls, value):
        raise ValueError(f"{value.get_secret_value()} is too weak")
"""


def test_snapshots_hold_none(canaries: Canaries) -> None:
    file = canaries.written / "machine.json"
    done = told(canaries, "capture", "machine:", "--deep", "-o", str(file))
    assert done.returncode == 0, done.stderr
    assert json.loads(file.read_bytes())
    assert canaries.found_in_files() == []


def test_the_plain_secrets_that_are_asked_for_are_for_their_owner_alone(canaries: Canaries) -> None:
    """``--plaintext`` is the one way to them, into a file of mode 0600."""
    file = canaries.project / "plain.env"
    manifest = canaries.project / "whole"
    words = ("config", "render", "--project", str(manifest), "--to", "env", "--profile", "staging")
    variables = {name: text for name, text in canaries.variables.items() if not name.startswith("PROCESS")}
    done = subprocess.run(
        [sys.executable, "-m", "samestack", *words, "--plaintext", "-o", str(file)],
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert canary("vault") in file.read_text()
    assert os.stat(file).st_mode & 0o777 == 0o600  # noqa: PTH116 - of the file itself
    assert canaries.told_in(done.stdout + done.stderr) == []
