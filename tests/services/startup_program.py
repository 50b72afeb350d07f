"""A program that starts under each case of a document, and writes what came of it as JSON.

It runs on Python 3.9 with nothing but the distribution ``samestack-config`` and pydantic 1 or 2.
"""

import contextlib
import dataclasses
import importlib
import io
import json
import logging
import sys
import traceback
from typing import Any, Optional

import pydantic

from samestack.config import ConfigurationError, load, provenance

SETTINGS: Any = importlib.import_module("pydantic" if pydantic.VERSION[0] == "1" else "pydantic_settings")


class Database(pydantic.BaseModel):
    url: str
    pool_size: int = 5


class Model(pydantic.BaseModel):
    api_key: pydantic.SecretStr
    database: Database
    max_workers: int = pydantic.Field(default=2, ge=1, le=64)
    hosts: list[int] = []
    proxy: Optional[str] = None  # noqa: UP045 - before Python 3.10


class Settings(SETTINGS.BaseSettings):  # type: ignore[misc]
    api_key: pydantic.SecretStr
    database: Database
    max_workers: int = pydantic.Field(default=2, ge=1, le=64)
    hosts: list[int] = pydantic.Field(default_factory=list)
    proxy: Optional[str] = None  # noqa: UP045 - before Python 3.10

    if pydantic.VERSION[0] == "1":

        class Config:
            env_nested_delimiter = "__"

    else:
        model_config = {"env_nested_delimiter": "__"}


@dataclasses.dataclass
class PlainDatabase:
    url: str
    pool_size: int = 5


@dataclasses.dataclass
class Plain:
    api_key: str
    database: PlainDatabase
    max_workers: int = 2
    hosts: list[int] = dataclasses.field(default_factory=list)
    proxy: Optional[str] = None  # noqa: UP045 - before Python 3.10


def outcome(settings: type[Any], case: dict[str, Any]) -> dict[str, Any]:
    """What the program sees and, of an error, all that it can show of it."""
    try:
        made = load(settings, profile=case["profile"], variables=case["variables"])
    except ConfigurationError as error:
        return {"message": str(error), "shown": shown(error)}
    told = (made.database.url, made.database.pool_size, made.max_workers, made.hosts, made.proxy)
    return {"made": told, "origins": dict(provenance(made))}


def shown(error: ConfigurationError) -> str:
    stream = io.StringIO()
    logger = logging.Logger("program")
    logger.addHandler(logging.StreamHandler(stream))
    with contextlib.redirect_stderr(stream):
        logger.error("it did not start", exc_info=error)
        traceback.print_exception(type(error), error, error.__traceback__)
    own = error.__traceback__.tb_next if error.__traceback__ else None
    told = traceback.TracebackException(type(error), error, own, capture_locals=True)
    return "".join((stream.getvalue(), repr(error), *told.format()))


if __name__ == "__main__":
    cases = json.load(sys.stdin)
    told = {one.__name__: [outcome(one, case) for case in cases] for one in (Model, Settings, Plain)}
    json.dump(told, sys.stdout)
