"""VisionaryAI's helpdesk agent: three profiles, and secrets in each place where one may stand."""

from pathlib import Path
from typing import Final

import pytest

MANIFEST: Final = """\
[project]
name = "helpdesk-agent"

[tool.samestack.config.profiles.production]
sources = ["directory:mounted"]

[tool.samestack.config.profiles.staging]
sources = [{ source = "directory:absent", required = false }]

[tool.samestack.config.fields]
DATABASE_URL = { type = "string", required = true }
HUGGINGFACE_API_KEY = { type = "string", secret = true, required = ["production"], longest-age = "90d" }
SESSION_KEY = { type = "string", secret = true }
MAX_WORKERS = { type = "integer", minimum = 1, maximum = 64, default = 2, description = "Threads." }
REQUEST_TIMEOUT = { type = "number", unit = "seconds", minimum = 0.1, default = 30 }
LOG_LEVEL = { type = "string", enum = ["DEBUG", "INFO", "WARNING"] }
"""
BASE: Final = """\
log-level = "INFO"
"""
PRODUCTION: Final = """\
max-workers = 20
database-url = "postgresql://helpdesk:canary-in-an-address@db/helpdesk"
"""
MOUNTED: Final = "canary-in-a-mounted-file"
SHARED: Final = "canary-that-serves-both"
IN_DOTENV: Final = "canary-in-dotenv"
IN_ENVIRONMENT: Final = "canary-in-the-environment"
IN_ADDRESS: Final = "canary-in-an-address"
DOTENV: Final = f"# mine\nHUGGINGFACE_API_KEY={IN_DOTENV}\nSESSION_KEY={SHARED}\n"
CANARIES: Final = (MOUNTED, SHARED, IN_DOTENV, IN_ENVIRONMENT, IN_ADDRESS)


def write(directory: Path, files: dict[str, str]) -> None:
    """Files by their paths."""
    for name, text in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def write_helpdesk(directory: Path) -> Path:
    """The project, in which nothing is wrong but what may be: a password in an address, an age unknown."""
    write(
        directory,
        {
            "pyproject.toml": MANIFEST,
            "config/base.toml": BASE,
            "config/development.toml": 'database-url = "sqlite:///local.db"\n\nlog-level = "DEBUG"\n',
            "config/staging.toml": 'database-url = "postgresql://db.staging/helpdesk"\n',
            "config/production.toml": PRODUCTION,
            ".env": DOTENV,
            "mounted/huggingface-api-key": f"{MOUNTED}\n",
            "mounted/session_key": f"{SHARED}\n",
        },
    )
    return directory


def without_own_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the variables of the machine that runs the tests out of them."""
    for name in ("SAMESTACK_PROFILE", "DATABASE_URL", "LOG_LEVEL", "MAX_WORKERS", "SESSION_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setenv("NO_COLOR", "1")
