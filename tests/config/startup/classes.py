"""One class of settings, made with each library that programs use."""

import dataclasses
from pathlib import Path
from typing import Any, Literal

import pydantic
import pydantic_settings
from pydantic import v1


class DatabaseTwo(pydantic.BaseModel):
    url: str
    pool_size: int = 5


class ModelTwo(pydantic.BaseModel):
    api_key: pydantic.SecretStr
    database: DatabaseTwo
    max_workers: int = pydantic.Field(default=2, ge=1, le=64)
    log_level: Literal["DEBUG", "INFO"] = "INFO"
    labels: dict[str, str] = {}
    hosts: list[int] = []
    cache: Path | None = None
    is_verbose: bool = False


class SettingsTwo(pydantic_settings.BaseSettings):
    model_config = pydantic_settings.SettingsConfigDict(env_nested_delimiter="__")

    api_key: pydantic.SecretStr
    database: DatabaseTwo
    max_workers: int = pydantic.Field(default=2, ge=1, le=64)
    log_level: Literal["DEBUG", "INFO"] = "INFO"
    labels: dict[str, str] = {}
    hosts: list[int] = []
    cache: Path | None = None
    is_verbose: bool = False


class DatabaseOne(v1.BaseModel):
    url: str
    pool_size: int = 5


class ModelOne(v1.BaseModel):
    api_key: v1.SecretStr
    database: DatabaseOne
    max_workers: int = v1.Field(default=2, ge=1, le=64)
    log_level: Literal["DEBUG", "INFO"] = "INFO"
    labels: dict[str, str] = {}
    hosts: list[int] = []
    cache: Path | None = None
    is_verbose: bool = False


class SettingsOne(v1.BaseSettings):
    api_key: v1.SecretStr
    database: DatabaseOne
    max_workers: int = v1.Field(default=2, ge=1, le=64)
    log_level: Literal["DEBUG", "INFO"] = "INFO"
    labels: dict[str, str] = {}
    hosts: list[int] = []
    cache: Path | None = None
    is_verbose: bool = False

    class Config:
        env_nested_delimiter = "__"


@dataclasses.dataclass
class DatabasePlain:
    url: str
    pool_size: int = 5


@dataclasses.dataclass
class Plain:
    api_key: str = dataclasses.field(repr=False)
    database: DatabasePlain
    max_workers: int = 2
    log_level: Literal["DEBUG", "INFO"] = "INFO"
    labels: dict[str, str] = dataclasses.field(default_factory=dict)
    hosts: list[int] = dataclasses.field(default_factory=list)
    cache: Path | None = None
    is_verbose: bool = False


@pydantic.dataclasses.dataclass
class PlainTwo:
    api_key: pydantic.SecretStr
    database: DatabasePlain
    max_workers: int = pydantic.Field(default=2, ge=1, le=64)
    log_level: Literal["DEBUG", "INFO"] = "INFO"
    labels: dict[str, str] = pydantic.Field(default_factory=dict)
    hosts: list[int] = pydantic.Field(default_factory=list)
    cache: Path | None = None
    is_verbose: bool = False


WITH_BOUNDS: tuple[type[Any], ...] = (ModelTwo, SettingsTwo, ModelOne, SettingsOne, PlainTwo)
CLASSES: tuple[type[Any], ...] = (*WITH_BOUNDS, Plain)
