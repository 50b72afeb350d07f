"""What may differ between environments. Whoever starts the program has checked it: see ``pyproject.toml``."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple

from .errors import InputError

DATABASE = "sqlite:///local.db"


class Settings(NamedTuple):
    """The configuration, from variables; nothing of it is written in the code that uses it."""

    host: str = "127.0.0.1"
    port: int = 8001
    log_level: str = "INFO"
    max_workers: int = 4
    """Questions that are answered at once."""
    database_url: str = DATABASE
    """Where answers are kept: ``sqlite:///FILE`` or ``postgresql://USER@HOST/NAME``."""
    database_password: str = ""
    network_url: str = ""
    """Where the network is fetched from; empty for the one beside the code."""
    huggingface_api_key: str = ""
    """What the place of the network asks for."""

    def __repr__(self) -> str:
        return f"Settings({self.host}:{self.port}, {self.database_url})"


def settings_of(variables: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this process. Raises ``InputError`` naming a variable that is no number."""
    return Settings(
        host=variables.get("HELPDESK_HOST", "127.0.0.1"),
        port=_number(variables, "HELPDESK_PORT", 8001),
        log_level=variables.get("LOG_LEVEL", "INFO"),
        max_workers=max(1, _number(variables, "MAX_WORKERS", 4)),
        database_url=variables.get("DATABASE_URL", DATABASE),
        database_password=variables.get("DATABASE_PASSWORD", ""),
        network_url=variables.get("NETWORK_URL", ""),
        huggingface_api_key=variables.get("HUGGINGFACE_API_KEY", ""),
    )


def _number(variables: Mapping[str, str], name: str, default: int) -> int:
    text = variables.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) <= 5):
        raise InputError(f"{name} is not a whole number from 0 to 99999")
    return int(text)
