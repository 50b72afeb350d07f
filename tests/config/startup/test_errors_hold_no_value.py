"""An error is shown in every way that programs show errors, and in none of them is a value."""

import contextlib
import dataclasses
import io
import json
import logging
import pickle
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pydantic
import pytest
from pydantic import v1
from pydantic_core import PydanticCustomError, PydanticKnownError

from samestack.config import ConfigurationError, load
from tests.config.startup.classes import CLASSES, Plain, SettingsOne, SettingsTwo

CANARY = "canary-4f1c9b"
WRONG: dict[str, dict[str, str]] = {
    "integer": {"MAX_WORKERS": CANARY},
    "choice": {"LOG_LEVEL": CANARY},
    "inner": {"DATABASE__POOL_SIZE": CANARY},
    "json": {"LABELS": f'{{"{CANARY}'},
    "map": {"LABELS": f'{{"{CANARY}": ["{CANARY}"]}}'},
    "list": {"HOSTS": f'["{CANARY}"]'},
    "bytes": {"LOG_LEVEL": f"{CANARY}\udce4"},
    "boolean": {"IS_VERBOSE": CANARY},
}
DOCUMENTS = {
    "base.toml": f'api_key = "{CANARY}\nb = 1',
    "base.json": json.dumps({"max_workers": CANARY, "api_key": [CANARY], "log_level": {"a": CANARY}}),
    "base.yaml": f"api_key: !{CANARY} [\n",
    "base.yml": f"max_workers: [{CANARY}]\nlabels: {CANARY}\ncache: {{1: {CANARY}}}\n",
}


class Refusing(pydantic.BaseModel):
    """Validators that put the value into all that an error can have."""

    api_key: pydantic.SecretStr
    url: str = ""
    port: int = 0
    whole: str = ""

    @pydantic.field_validator("api_key", "url", "port", mode="before")
    @classmethod
    def refuse(cls, value: str, info: pydantic.ValidationInfo) -> str:
        match info.field_name:
            case "api_key":
                raise ValueError(f"{value} is no key")
            case "url":
                raise PydanticCustomError(f"bad_{value}", "no url: {value}", {"value": value})
        raise PydanticKnownError("greater_than", {"gt": value})


class Failing(pydantic.BaseModel):
    api_key: str

    @pydantic.field_validator("api_key")
    @classmethod
    def refuse(cls, value: str) -> str:
        raise KeyError(value)


class Together(pydantic.BaseModel):
    api_key: str

    @pydantic.model_validator(mode="after")
    def refuse(self) -> "Together":
        raise ValueError(f"all of {self!r}")


class RefusingOne(v1.BaseModel):
    api_key: str

    @v1.validator("api_key")
    def refuse(cls, value: str) -> str:  # noqa: N805
        raise ValueError(f"{value} is no key")


class TogetherOne(v1.BaseModel):
    api_key: str

    @v1.root_validator
    def refuse(cls, values: dict[str, Any]) -> dict[str, Any]:  # noqa: N805
        raise RuntimeError(f"all of {values}")


@dataclasses.dataclass
class RefusingPlain:
    api_key: str

    def __post_init__(self) -> None:
        raise ValueError(f"{self.api_key} is no key")


STRANGERS = (Refusing, Failing, Together, RefusingOne, TogetherOne, RefusingPlain)


def error_of(settings: type[Any], variables: dict[str, str] | None = None) -> BaseException:
    """The error as a caller has it who was busy with another one."""
    try:
        try:
            int(CANARY)
        except ValueError:
            load(settings, variables=variables)
    except ConfigurationError as error:
        return error
    raise AssertionError("there was no error")


def shown(error: BaseException) -> str:
    """All that an error and its frames within the package show."""
    return "\n".join(_shown(error))


def _shown(error: BaseException) -> Iterator[str]:
    yield from (str(error), repr(error), repr(error.args), repr(vars(error)), repr(error.__cause__))
    yield repr(error.__context__)
    yield repr(pickle.loads(pickle.dumps(error)))  # noqa: S301 - our own bytes
    own = error.__traceback__.tb_next if error.__traceback__ else None
    assert own is not None
    yield "".join(traceback.format_exception(type(error), error, own))
    yield "".join(traceback.TracebackException(type(error), error, own, capture_locals=True).format())
    yield _logged(error)
    yield _of_cgitb(error, own)
    yield _of_rich(error, own)
    while own is not None:
        yield repr(own.tb_frame.f_locals)
        own = own.tb_next


def _logged(error: BaseException) -> str:
    stream = io.StringIO()
    logger = logging.Logger("program")
    logger.addHandler(logging.StreamHandler(stream))
    try:
        raise error
    except ConfigurationError:
        logger.exception("it did not start")
    return stream.getvalue()


def _of_cgitb(error: BaseException, own: Any) -> str:
    if sys.version_info >= (3, 13):
        return ""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import cgitb
    return cgitb.text((type(error), error, own))


def _of_rich(error: BaseException, own: Any) -> str:
    from rich.console import Console
    from rich.traceback import Traceback

    stream = io.StringIO()
    told = Traceback.from_exception(type(error), error, own, show_locals=True)
    Console(file=stream, width=400).print(told)
    return stream.getvalue()


@pytest.mark.parametrize("settings", CLASSES)
@pytest.mark.parametrize("variables", WRONG.values(), ids=WRONG)
def test_a_wrong_value(
    settings: type[Any], variables: dict[str, str], base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("API_KEY", CANARY)
    monkeypatch.setenv("PYDANTIC_SETTINGS_DEBUG", "1")
    assert CANARY not in shown(error_of(settings))


@pytest.mark.parametrize("settings", [SettingsTwo, SettingsOne, Plain])
@pytest.mark.parametrize("file", DOCUMENTS)
def test_a_wrong_document(settings: type[Any], file: str, program: Path) -> None:
    (program / "config" / file).write_text(DOCUMENTS[file])
    (program / ".env").write_text(f'MAX_WORKERS="{CANARY}\n')
    error = error_of(settings, {"API_KEY": CANARY})
    assert ".env (" not in str(error)
    assert ".env, line 1: not NAME=VALUE" in str(error)
    assert CANARY not in shown(error)


@pytest.mark.parametrize("settings", STRANGERS)
def test_what_validators_say(settings: type[Any], program: Path) -> None:
    variables = {"API_KEY": CANARY, "URL": CANARY, "PORT": CANARY}
    error = error_of(settings, variables)
    assert "is refused by a validator" in str(error)
    assert CANARY not in shown(error)


def test_what_is_kept_of_validators(program: Path) -> None:
    with pytest.raises(ConfigurationError) as error:
        load(Refusing, variables={"API_KEY": CANARY, "URL": CANARY, "PORT": CANARY})
    assert [(one.variable, one.kind) for one in error.value.problems] == [
        ("API_KEY", "value_error"),
        ("URL", "custom"),
        ("PORT", "greater_than"),
    ]


@pytest.mark.parametrize(
    ("settings", "name"),
    [(Failing, "KeyError"), (TogetherOne, "RuntimeError"), (RefusingPlain, "ValueError")],
)
def test_where_a_validator_failed(settings: type[Any], name: str, program: Path) -> None:
    with pytest.raises(ConfigurationError, match=rf"{name}, test_errors_hold_no_value\.py line \d+$"):
        load(settings, variables={"API_KEY": CANARY})


def test_a_broken_validator_stays_findable(program: Path) -> None:
    """What is in error's frames is gone; there is one frame of the package, and it is the caller's call."""
    error = error_of(SettingsTwo, {"MAX_WORKERS": CANARY})
    names = [frame.name for frame in traceback.extract_tb(error.__traceback__)]
    assert names == ["error_of", "load"]
    assert error.__context__ is None
    assert error.__cause__ is None


@pytest.mark.parametrize("settings", [SettingsTwo, Plain])
def test_a_class_that_is_refused(settings: type[Any], program: Path) -> None:
    class Mine(settings):  # type: ignore[misc]
        def __init__(self, **values: Any) -> None:
            super().__init__(**values)

    def refused() -> None:
        load(Mine if settings is SettingsTwo else int, variables={"API_KEY": CANARY})

    error = _caught(refused)
    assert error.__traceback__ is not None
    own = error.__traceback__.tb_next.tb_next  # type: ignore[union-attr]
    told = traceback.TracebackException(type(error), error, own, capture_locals=True)
    assert CANARY not in "".join(told.format())


def _caught(call: Callable[[], None]) -> BaseException:
    with contextlib.ExitStack():
        try:
            call()
        except TypeError as error:
            return error
    raise AssertionError("there was no error")
