"""A project in whose every source secrets stand, and the search for them in all that was written.

Each canary is in one place and says in its text which. The stores are those of the tests of this directory.
"""

import base64
import contextlib
import json
import os
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from samestack.config.age.secret_document import Secrets, replaced
from tests.config.age.keys import new_key, store
from tests.config.sops.writing import SopsWriter
from tests.services.aws_server import AwsServer
from tests.services.consul_server import ConsulServer
from tests.services.kubernetes_cluster import ADMIN, KubernetesCluster
from tests.services.vault_server import MOUNT, PREFIX, VaultServer

LONG_AGO: Final = "2020-01-01T00:00:00Z"
PLACES: Final = (
    "process",
    "process-shadowing",
    "mounted",
    "mounted-nested",
    "dotenv",
    "dotenv-lines",
    "base",
    "profile",
    "profile-map",
    "address",
    "consul",
    "consul-address",
    "consul-token",
    "configmap",
    "kubernetes-secret",
    "kubernetes-map",
    "parameter",
    "parameter-secure",
    "parameter-list",
    "secrets-manager",
    "secrets-manager-map",
    "vault",
    "vault-nested",
    "age",
    "age-stale",
    "sops",
    "sops-nested",
    "wrong-type",
    "wrong-pattern",
    "class-rejects",
    "malformed",
    "code",
    "notebook",
    "history",
    "override",
    "piped",
    "generated",
)


def canary(place: str) -> str:
    """The secret of a place: long and random enough that it stands nowhere by chance."""
    assert place in PLACES
    digest = base64.b32encode(f"samestack {place}".encode() * 3).decode().lower()[8:24]
    return f"cnry-{place}-{digest}"


MANIFEST: Final = """
[tool.samestack.config]
age-recipients = ["{recipient}"]
sources = ["directory:mounted"]

[tool.samestack.config.profiles.production]
dotenv = true
sources = [
  "vault:{vault}", "aws-secrets:canaries", "kubernetes-secret:canaries/app",
  "sops:config/production.enc.yaml", "consul:canaries",
  "aws-parameters:/canaries", "kubernetes-configmap:canaries/app",
]

[tool.samestack.config.profiles.broken]
sources = ["vault:{vault}", "consul:canaries", {{ source = "aws-secrets:canaries", seconds = 2 }}]

[tool.samestack.config.fields]
{fields}
"""
_PLAIN: Final = ("ADDRESS", "CONSUL_ADDRESS", "CONSUL_TOKEN", "WORKERS")
_SPECIAL: Final[Mapping[str, str]] = {
    "ADDRESS": '{ type = "string" }',
    "CONSUL_ADDRESS": '{ type = "string" }',
    "PROFILE_MAP": '{ type = "object", secret = true }',
    "KUBERNETES_MAP": '{ type = "object", secret = true }',
    "SECRETS_MANAGER_MAP": '{ type = "object", secret = true }',
    "PARAMETER_LIST": '{ type = "array", secret = true }',
    "WRONG_TYPE": '{ type = "integer", secret = true }',
    "WRONG_PATTERN": '{ type = "string", secret = true, pattern = "^[0-9]{4}$" }',
    "AGE_STALE": '{ type = "string", secret = true, longest-age = "30d" }',
}
_NOT_VARIABLES: Final = frozenset(
    {"consul-token", "class-rejects", "malformed", "code", "notebook", "history", "piped", "generated"}
)


def variable(place: str) -> str:
    """The variable whose value stands there."""
    return place.upper().replace("-", "_")


class Canaries:
    """The project, what its commands are started with, and what they must not tell."""

    def __init__(self, directory: Path) -> None:
        self.project = directory / "project"
        self.home = directory / "home"
        self.temporary = directory / "temporary"
        self.written = directory / "written"
        for made in (self.project / "config", self.home, self.temporary, self.written):
            made.mkdir(parents=True)
        self.key = new_key()
        self.variables: dict[str, str] = {
            "HOME": str(self.home),
            "PATH": os.environ["PATH"],
            "TMPDIR": str(self.temporary),
            "SAMESTACK_CACHE": str(self.home / "cache"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "SAMESTACK_AGE_IDENTITY": self.key.identity,
            variable("process"): canary("process"),
            variable("process-shadowing"): canary("process-shadowing"),
        }

    @property
    def secrets(self) -> tuple[str, ...]:
        """All that must not be told."""
        return (*map(canary, PLACES), self.key.identity)

    def write(self, name: str, text: str) -> None:
        """A file of the project."""
        path = self.project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def plant_locally(self, vault: str) -> None:
        """Everything that stands in files."""
        fields = {
            variable(place): _SPECIAL.get(variable(place), '{ type = "string", secret = true }')
            for place in PLACES
            if place not in _NOT_VARIABLES
        }
        declared = "\n".join(f"{name} = {text}" for name, text in fields.items())
        manifest = MANIFEST.format(recipient=self.key.recipient, vault=vault, fields=declared)
        self.write("pyproject.toml", manifest)
        self.write("mounted/MOUNTED", canary("mounted"))
        self.write("mounted/mounted-nested", canary("mounted-nested") + "\n")
        lines = f"first\n{canary('dotenv-lines')}\nlast"
        self.write(".env", f"DOTENV={canary('dotenv')}\nDOTENV_LINES='{lines}'\n")
        address = f"postgresql://app:{canary('address')}@db/app"
        self.write("config/base.toml", f'base = "{canary("base")}"\naddress = "{address}"\n')
        document = {
            "profile": canary("profile"),
            "profile_map": {"inner": canary("profile-map")},
            "wrong_type": canary("wrong-type"),
            "wrong_pattern": canary("wrong-pattern"),
        }
        self.write("config/production.json", json.dumps(document))
        self.write("config/malformed.toml", f'base = "{canary("malformed")}\n')
        self.write("config/broken.toml", "")
        self.write("config/strange.yaml", f"proces: !{canary('malformed')}\n")
        writer = SopsWriter([self.key.recipient])
        nested = {"sops": canary("sops"), "sops_nested": canary("sops-nested")}
        self.write(
            "config/production.enc.yaml",
            writer.yaml({variable("sops"): nested["sops"], "SOPS_NESTED": nested["sops_nested"]}),
        )
        self._encrypt()

    def _encrypt(self) -> None:
        old = replaced(Secrets(), {"AGE_STALE": canary("age-stale")}, LONG_AGO)
        both = replaced(old, {"AGE": canary("age")}, "2026-11-20T00:00:00Z")
        store(self.project / "config/production.secrets.age", self.key).change(lambda _: both)

    def plant_vault(self, vault: VaultServer) -> None:
        """What stands in Vault; one of it is shadowed by the environment."""
        vault.write(
            "canaries",
            {
                "vault": canary("vault"),
                "vault_nested": canary("vault-nested"),
                "process_shadowing": canary("process-shadowing"),
            },
        )
        self.variables |= vault.variables

    def plant_consul(self, consul: ConsulServer) -> None:
        """What stands in Consul, which keeps no secrets."""
        consul.put("canaries/consul", canary("consul"))
        consul.put("canaries/consul_address", f"redis://:{canary('consul-address')}@cache:6379/0")
        self.variables |= consul.variables

    def plant_aws(self, aws: AwsServer) -> None:
        """What stands in AWS's stores."""
        inner = {"inner": canary("secrets-manager-map")}
        secret = {"secrets_manager": canary("secrets-manager"), "secrets_manager_map": inner}
        aws.client("secretsmanager").create_secret(Name="canaries", SecretString=json.dumps(secret))
        for place, kind in (
            ("parameter", "String"),
            ("parameter-secure", "SecureString"),
            ("parameter-list", "StringList"),
        ):
            name = f"/canaries/{place.replace('-', '_')}"
            aws.client("ssm").put_parameter(Name=name, Value=canary(place), Type=kind)
        self.variables |= aws.variables

    def plant_kubernetes(self, cluster: KubernetesCluster) -> None:
        """What stands in a Secret and, wrongly, in a ConfigMap."""
        mapped = json.dumps({"inner": canary("kubernetes-map")})
        secret = {"KUBERNETES_SECRET": canary("kubernetes-secret"), "KUBERNETES_MAP": mapped}
        encoded = {name: base64.b64encode(text.encode()).decode() for name, text in secret.items()}
        cluster.make_namespace("canaries")
        for kind, data in (("Secret", encoded), ("ConfigMap", {"CONFIGMAP": canary("configmap")})):
            metadata = {"name": "app", "namespace": "canaries"}
            cluster.apply({"apiVersion": "v1", "kind": kind, "metadata": metadata, "data": data})
        kubeconfig = self.home / "kubeconfig"
        kubeconfig.write_text(json.dumps(cluster.kubeconfig(ADMIN)))
        self.variables["KUBECONFIG"] = str(kubeconfig)

    def told_in(self, text: str) -> list[str]:
        """The secrets that stand in a text, as they are or as JSON, an address or base64 writes them."""
        return [secret for secret in self.secrets if any(form in text for form in _forms(secret))]

    def found_in_files(self) -> list[str]:
        """The secrets that stand in a file that no test planted, by file."""
        places = (self.home, self.temporary, self.written, Path("/dev/shm"))
        found = []
        for path in (one for place in places for one in place.rglob("*") if one.is_file()):
            with contextlib.suppress(OSError):
                told = self.told_in(path.read_bytes().decode(errors="replace"))
                found += [f"{path}: {secret}" for secret in told]
        return found


def _forms(secret: str) -> tuple[str, ...]:
    return (secret, base64.b64encode(secret.encode()).decode().rstrip("=")[:-1])


class Onlooker:
    """Whoever else is on the machine: reads every command line and every temporary file, all the time."""

    def __init__(self, canaries: Canaries) -> None:
        self._canaries = canaries
        self._seen: set[str] = set()
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self.looks = 0

    def __enter__(self) -> "Onlooker":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()

    @property
    def seen(self) -> list[str]:
        """What was told, and where."""
        return sorted(self._seen)

    def _look(self) -> None:
        while not self._is_over.is_set():
            for place, text in (*_command_lines(), *_texts(self._canaries.temporary)):
                self._seen.update(f"{place}: {secret}" for secret in self._canaries.told_in(text))
            self.looks += 1
            time.sleep(0.01)


def _command_lines() -> Iterator[tuple[str, str]]:
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            yield "a command line", path.read_bytes().decode(errors="replace")


def _texts(directory: Path) -> Iterator[tuple[str, str]]:
    for path in directory.rglob("*"):
        with contextlib.suppress(OSError):
            if path.is_file():
                yield str(path), path.read_bytes().decode(errors="replace")


def vault_place() -> str:
    """Where the canaries stand in Vault."""
    return f"{MOUNT}/{PREFIX}/canaries"


def notebook(secret: str) -> str:
    """A notebook in whose cell and output a secret stands."""
    cell: dict[str, Any] = {
        "cell_type": "code",
        "source": [f'api_token = "{secret}"\n'],
        "outputs": [{"output_type": "stream", "name": "stdout", "text": [f"{secret}\n"]}],
        "metadata": {},
        "execution_count": 1,
    }
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
