"""A project with two environments, whose profiles, scales and secrets differ, and a lock."""

from pathlib import Path
from typing import Final

from tests.deploy.deployments import DIGEST

STACK: Final = f"sha256:{'5' * 64}"
CANARY: Final = "canary-of-the-database"
REPOSITORY: Final = "registry.example.com/team/helpdesk"
MANIFEST: Final = f"""
[project]
name = "Helpdesk_Agent"
version = "1.0"

[tool.samestack.environments]
staging = {{ reference = "kubernetes:support-staging/helpdesk-agent", profile = "staging" }}
production = {{ reference = "kubernetes:support/helpdesk-agent", profile = "production", after = "staging" }}
local = {{ reference = "venv:.venv" }}

[tool.samestack.config.fields]
LOG_LEVEL = {{ type = "string", default = "INFO" }}
MAX_WORKERS = {{ type = "integer", minimum = 1, maximum = 64, default = 4 }}
GREETING = {{ type = "string" }}
DATABASE_PASSWORD = {{ type = "string", secret = true }}

[tool.samestack.image]
ports = [8001]

[tool.samestack.image.health]
command = ["python", "-c", "print('$HOME')"]

[tool.samestack.deploy]
image = "{REPOSITORY}"
gpus = 1
autoscaling = {{ minimum = 1, maximum = 2 }}
resources = {{ requests = {{ cpu = "500m", memory = "1Gi" }}, limits = {{ memory = "2Gi" }} }}

[tool.samestack.deploy.environments.production]
autoscaling = {{ minimum = 3, maximum = 12, cpu = 60 }}
resources = {{ requests = {{ cpu = "2", memory = "4Gi" }}, limits = {{ memory = "6Gi" }} }}
"""
LOCK: Final = f"""
lock-version = "1.0"
created-by = "samestack"
packages = []

[tool.samestack]
platforms = ["linux-64"]
digests = {{ linux-64 = "{STACK}" }}
host = {{ driver = "450.80.02", cuda = "11.2", glibc = "2.17" }}
"""
FILES: Final = {
    "pyproject.toml": MANIFEST,
    "pylock.toml": LOCK.lstrip(),
    "config/staging.toml": 'log_level = "DEBUG"\ngreeting = "costs $5"\n',
    "config/production.toml": "max_workers = 20\n",
}


def write_project(directory: Path) -> Path:
    """The project in a directory."""
    for name, text in FILES.items():
        file = directory / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return directory


__all__ = ["CANARY", "DIGEST", "REPOSITORY", "STACK", "write_project"]
