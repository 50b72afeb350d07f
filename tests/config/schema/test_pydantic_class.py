"""A project's own class, read by the Python of its environment."""

import os
import sys
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest

from samestack.config.schema import asking_class, pydantic_class
from samestack.config.schema.field import Field, Schema
from samestack.config.schema.pydantic_class import read_class
from samestack.errors import InputError, OutsideError, RequestError

HERE = Path(sys.prefix)
HEAD = """
import datetime, enum, typing
from decimal import Decimal
from typing import Annotated, Any, Literal, Optional
from pydantic import *
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
"""


class Shop:
    """A project with a module of settings."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.cache = directory / "cache"

    def write(self, text: str, name: str = "shop_settings.py") -> None:
        (self.directory / name).write_text(HEAD + text)

    def read(self, name: str = "shop_settings:Settings", environment: Path | None = HERE) -> Schema:
        return read_class(name, self.directory / "pyproject.toml", self.directory, environment)

    def fields(self, text: str) -> dict[str, Field]:
        self.write(text)
        return {field.name: field for field in self.read().fields}

    def refused(self, text: str, name: str = "shop_settings:Settings") -> InputError:
        self.write(text)
        with pytest.raises(InputError) as caught:
            self.read(name)
        assert f"{self.directory}/pyproject.toml: tool.samestack.config.schema: " in caught.value.message
        return caught.value


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setenv("SAMESTACK_CACHE", str(tmp_path / "cache"))
    return Shop(tmp_path)


def test_plain_models_are_taken_apart(shop: Shop) -> None:
    found = shop.fields(
        """
class Limits(BaseModel):
    most: int = Field(10, ge=1, le=20)
class Database(BaseModel):
    "Where it is."
    url: str
    limits: Limits = Limits(most=15)
class Settings(BaseModel):
    database: Database
    replica: Optional[Database] = None
    other: Limits = Field(default_factory=Limits)
"""
    )
    assert list(found) == [
        "DATABASE__URL",
        "DATABASE__LIMITS__MOST",
        "REPLICA__URL",
        "REPLICA__LIMITS__MOST",
        "OTHER__MOST",
    ]
    assert [name for name, field in found.items() if field.is_required] == ["DATABASE__URL"]
    assert found["DATABASE__LIMITS__MOST"].default == 15
    assert found["OTHER__MOST"].default == 10
    assert not found["REPLICA__LIMITS__MOST"].has_default  # there is none without a replica
    assert found["DATABASE__URL"].schema == {"type": "string"}
    assert found["DATABASE__URL"].description == ""


@pytest.mark.parametrize(
    ("delimiter", "names"),
    [
        ('env_nested_delimiter="__"', ["APP_DB__URL", "APP_DB__POOL__SIZE"]),
        ('env_nested_delimiter="__", env_nested_max_split=1', ["APP_DB__URL", "APP_DB__POOL"]),
        ('env_nested_delimiter="_"', ["APP_DB"]),
        ("", ["APP_DB"]),
    ],
)
def test_settings_are_taken_apart_as_they_read_themselves(
    shop: Shop, delimiter: str, names: list[str]
) -> None:
    found = shop.fields(
        f"""
class Pool(BaseModel):
    size: int
class Database(BaseModel):
    url: str
    pool: Pool
class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="app_", {delimiter})
    db: Database
"""
    )
    assert list(found) == names
    assert [name for name, field in found.items() if field.is_map] == (
        names[-1:] if len(names[-1]) < 13 else []
    )


def test_names(shop: Shop) -> None:
    found = shop.fields(
        """
class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="APP_")
    one: int
    two: int = Field(validation_alias="TWO")
    three: int = Field(alias="the_third")
    four: int = Field(validation_alias=AliasChoices("FOUR", "OLD_FOUR", AliasPath("numbers", 0)))
    five: int = Field(validation_alias=AliasPath("numbers", "five"))
"""
    )
    assert {name: field.aliases for name, field in found.items()} == {
        "APP_ONE": (),
        "TWO": (),
        "THE_THIRD": (),
        "FOUR": ("OLD_FOUR",),
        "NUMBERS__FIVE": (),
    }


def test_settings_in_settings_keep_their_own_names(shop: Shop) -> None:
    found = shop.fields(
        """
class Database(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="DB_")
    url: str
class Settings(BaseSettings):
    database: Database = Field(default_factory=Database)
"""
    )
    assert {name: field.is_required for name, field in found.items()} == {"DB_URL": True}


def test_secrets_and_no_default_of_theirs(shop: Shop) -> None:
    found = shop.fields(
        """
class Inner(BaseModel):
    password: SecretStr = SecretStr("planted-1")
    name: str = "planted-2"
class Settings(BaseSettings):
    one: SecretStr = SecretStr("planted-3")
    two: Optional[SecretBytes] = None
    three: Secret[int] = Secret(4711)
    four: list[SecretStr] = [SecretStr("planted-4")]
    five: str = Field("planted-5", json_schema_extra={"secret": True})
    six: Annotated[Optional[SecretStr], Field(description="x")] = SecretStr("planted-6")
    inner: Inner = Inner()
    none: str = "visible"
"""
    )
    assert [name for name, field in found.items() if not field.is_secret] == ["NONE"]
    assert [name for name, field in found.items() if field.has_default] == ["NONE"]
    assert not any(field.is_required for field in found.values())
    assert "planted" not in repr(found)
    (kept,) = (shop.cache / "configuration-classes").iterdir()
    assert b"planted" not in kept.read_bytes()
    assert b"visible" in kept.read_bytes()


def test_what_a_field_says_to_samestack(shop: Shop) -> None:
    found = shop.fields(
        """
class Settings(BaseSettings):
    key: str = Field(json_schema_extra={"secret": True, "longest_age": "90d"})
    wait: float = Field(1.5, gt=0, description="How long.", json_schema_extra={"unit": "seconds"})
    sentry: Optional[str] = Field(
        None, json_schema_extra={"required_in": ["production"], "longest-age": "12h"}
    )
"""
    )
    assert (found["KEY"].longest_age_days, found["KEY"].schema) == (90, {"type": "string"})
    wait = found["WAIT"]
    assert (wait.unit, wait.description, wait.default) == ("seconds", "How long.", 1.5)
    assert (found["SENTRY"].required_in, found["SENTRY"].longest_age_days) == (("production",), 1)


def test_schemas_stand_for_themselves(shop: Shop) -> None:
    found = shop.fields(
        """
class Colour(enum.Enum):
    RED = "red"
class Node(BaseModel):
    name: str
    children: list["Node"] = []
class Settings(BaseSettings):
    colour: Colour = Colour.RED
    maybe: Optional[Colour] = None
    colours: list[Colour] = []
    tree: Optional[Node] = None
    anything: Any = None
    function: typing.Callable[[], int] = len
    price: Decimal = Decimal("1.10")
    wait: datetime.timedelta = datetime.timedelta(seconds=3)
"""
    )
    assert found["COLOUR"].schema == {"enum": ["red"], "type": "string"} or found["COLOUR"].schema == {
        "const": "red",
        "type": "string",
    }
    assert found["COLOUR"].default == "red"
    assert "$ref" not in found["MAYBE"].schema["anyOf"][0]
    assert set(found["COLOURS"].schema["$defs"]) == {"Colour"}
    assert found["TREE"].is_map
    assert set(found["TREE"].schema["$defs"]) == {"Node"}
    assert found["ANYTHING"].schema == {}
    assert found["FUNCTION"].schema == {}
    assert not found["FUNCTION"].has_default
    assert found["PRICE"].default == "1.10"
    assert found["WAIT"].schema == {"type": "string", "x-format": "duration"}
    assert "default" not in repr([field.schema for field in found.values()])


def test_texts_are_allowed_where_the_class_makes_something_of_them(shop: Shop) -> None:
    found = shop.fields(
        """
class Settings(BaseSettings):
    hosts: Annotated[list[str], NoDecode] = []
    size: int = 1
    plain: list[str] = []
    half: Annotated[int, BeforeValidator(lambda said: said)] = 3
    @field_validator("size", mode="before")
    @classmethod
    def of_text(cls, said): return said
"""
    )
    takes = {name for name, field in found.items() if {"type": "string"} in field.schema.get("anyOf", ())}
    assert takes == {"HOSTS", "SIZE", "HALF"}


@pytest.mark.parametrize(
    ("body", "has_checks"),
    [
        ("a: int = Field(1, ge=0)", False),
        ("a: SecretStr", False),
        ("a: PostgresDsn", True),
        ("a: Annotated[int, AfterValidator(abs)]", True),
        ("a: int\n    @field_validator('a')\n    @classmethod\n    def b(cls, said): return said", True),
        ("a: int\n    @model_validator(mode='after')\n    def b(self): return self", True),
    ],
)
def test_whether_it_has_checks_of_its_own(shop: Shop, body: str, *, has_checks: bool) -> None:
    shop.write(f"class Settings(BaseSettings):\n    {body}\n")
    assert shop.read().has_checks is has_checks
    shop.write(f"class Inner(BaseModel):\n    {body}\nclass Settings(BaseModel):\n    inner: Inner\n")
    assert shop.read().has_checks is has_checks


def test_a_class_of_pydantic_one_inside_of_two(shop: Shop) -> None:
    found = shop.fields(
        """
from pydantic import v1
class Settings(v1.BaseModel):
    key: v1.SecretStr = v1.SecretStr("planted")
    workers: v1.conint(ge=1) = 3
"""
    )
    assert found["KEY"].is_secret
    assert (found["WORKERS"].default, found["WORKERS"].schema) == (3, {"minimum": 1, "type": "integer"})


def test_the_module_may_be_in_src_print_and_fail_at_its_end(shop: Shop) -> None:
    package = shop.directory / "src" / "helpdesk"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("print('noise' * 10_000)\nimport sys; sys.stderr.write('noise')\n")
    (package / "settings.py").write_text(
        f"{HEAD}\nimport os\nos.write(1, b'noise')\n"
        "class Settings(BaseSettings):\n    url: str\nsettings = Settings()\n"
    )
    assert [field.name for field in shop.read("helpdesk.settings:Settings").fields] == ["URL"]


def test_the_class_of_the_documentation(shop: Shop) -> None:
    page = (Path(__file__).parents[3] / "docs/config/schema.md").read_text()
    found = shop.fields(page.partition("```python\n")[2].partition("```")[0])
    assert [field.name for field in found.values() if field.is_required] == ["DATABASE_URL"]
    key = found["HUGGINGFACE_API_KEY"]
    assert (key.is_secret, key.required_in, key.longest_age_days) == (True, ("production",), 90)
    assert found["REQUEST_TIMEOUT"].unit == "seconds"


def test_it_reads_no_configuration(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANTED", "planted")
    found = shop.fields(
        "import os\nclass Settings(BaseSettings):\n    a: str = os.environ.get('PLANTED', 'none')\n"
    )
    assert found["A"].default == "none"


def test_errors_name_what_to_do(shop: Shop) -> None:
    missing = shop.refused("import not_installed_anywhere\nclass Settings(BaseSettings): pass\n")
    assert "not_installed_anywhere" in missing.message
    assert "samestack sync" in (missing.hint or "")
    misspelt = shop.refused("class Settings(BaseSettings): pass", "shop_settings:Setings")
    assert "did you mean 'Settings'?" in (misspelt.hint or "")
    assert "no module 'nowhere'" in shop.refused("", "nowhere.settings:Settings").message
    assert "no class of pydantic's" in shop.refused("class Settings: pass").message
    config = "model_config = SettingsConfigDict(case_sensitive=True)"
    small = shop.refused(f"class Settings(BaseSettings):\n    {config}\n    a: int\n")
    assert "case-sensitive" in small.message
    aged = "a: str = Field(json_schema_extra={'longest_age': 'old'})"
    assert "longest age" in shop.refused(f"class Settings(BaseSettings):\n    {aged}\n").message
    assert "names no class" in shop.refused("", "shop_settings.Settings").message


def test_an_error_of_the_module_is_told_by_its_name_and_place_alone(shop: Shop) -> None:
    error = shop.refused("token = 'planted'\nraise RuntimeError(f'no {token}')\n")
    assert "RuntimeError" in error.message
    assert f"{shop.directory}/shop_settings.py, line 8" in error.message
    assert "planted" not in f"{error} {error.hint}"
    assert "SyntaxError" in shop.refused("class Settings(:\n").message


def test_without_an_environment_it_says_so(shop: Shop) -> None:
    shop.write("class Settings(BaseSettings):\n    a: int\n")
    with pytest.raises(RequestError, match="there is none") as caught:
        shop.read(environment=None)
    assert "samestack sync" in (caught.value.hint or "")
    with pytest.raises(RequestError, match="no environment"):
        shop.read(environment=shop.directory / ".venv")


def test_one_that_ends_hangs_or_floods_is_told(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking_class, "_SECONDS", 3.0)
    shop.write("import os\nos._exit(0)\n")
    with pytest.raises(OutsideError, match="ended before"):
        shop.read()
    shop.write("class Settings(BaseModel):\n    a: int = Field(description='x' * 9_000_000)\n")
    with pytest.raises(OutsideError, match="said too much"):
        shop.read()
    started = time.monotonic()
    shop.write("import subprocess, time\nsubprocess.Popen(['sleep', '61.5'])\ntime.sleep(61)\n")
    with pytest.raises(OutsideError, match="within 3 seconds"):
        shop.read()
    assert time.monotonic() - started < 20
    assert not any(b"61.5" in path.read_bytes() for path in _commands())


def _commands() -> list[Path]:
    return [path for path in Path("/proc").glob("[0-9]*/cmdline") if os.access(path, os.R_OK)]


class TestCache:
    """It is read again when anything changes that it was made of."""

    @pytest.fixture
    def asked(self, monkeypatch: pytest.MonkeyPatch) -> list[object]:
        asked: list[object] = []

        def answer_of(*arguments: Any) -> bytes:
            asked.append(arguments)
            return asking_class.answer_of(*arguments)

        monkeypatch.setattr(pydantic_class, "answer_of", answer_of)
        return asked

    def test_it_is_read_once(self, shop: Shop, asked: list[object]) -> None:
        shop.write(
            "class Settings(BaseSettings):\n    a: int = 3\n    b: Optional[int]\n    c: list[int] = []\n"
        )
        first = shop.read()
        started = time.process_time()
        assert shop.read() == first
        assert time.process_time() - started < 0.05
        assert len(asked) == 1

    def test_a_module_that_it_imports_changes(self, shop: Shop, asked: list[object]) -> None:
        shop.write("DEFAULT = 3\n", "shop_defaults.py")
        shop.write("from shop_defaults import DEFAULT\nclass Settings(BaseSettings):\n    a: int = DEFAULT\n")
        assert shop.read().fields[0].default == 3
        shop.write("DEFAULT = 33\n", "shop_defaults.py")
        assert shop.read().fields[0].default == 33
        assert len(asked) == 2

    def test_a_package_is_installed(self, shop: Shop, asked: list[object]) -> None:
        environment = shop.directory / ".venv"
        packages = environment / f"lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages"
        packages.mkdir(parents=True)
        (environment / "bin").mkdir()
        (environment / "bin/python").symlink_to(Path(sys.executable).resolve())
        (environment / "pyvenv.cfg").write_text(f"home = {Path(sys.executable).resolve().parent}\n")
        (packages / "ours.pth").write_text(
            "\n".join(path for path in sys.path if path.endswith("site-packages"))
        )
        shop.write("class Settings(BaseSettings):\n    a: int = 3\n")
        shop.read(environment=environment)
        shop.read(environment=environment)
        assert len(asked) == 1
        time.sleep(0.01)
        (packages / "new-1.0.dist-info").mkdir()
        shop.read(environment=environment)
        assert len(asked) == 2

    def test_nothing_is_kept_where_caches_are_off(
        self, shop: Shop, asked: list[object], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SAMESTACK_CACHE", "")
        shop.write("class Settings(BaseSettings):\n    a: int\n")
        assert shop.read() == shop.read()
        assert len(asked) == 2
        assert not shop.cache.exists()

    def test_what_is_kept_is_the_schema(self, shop: Shop) -> None:
        shop.write("class Settings(BaseSettings):\n    a: int\n")
        schema = shop.read()
        (kept,) = (shop.cache / "configuration-classes").iterdir()
        value = msgspec.json.decode(kept.read_bytes())["value"]
        assert list(value) == ["schema", "files"]
        assert msgspec.convert(value["schema"], Schema) == schema
        assert list(value["files"]) == [str(shop.directory / "shop_settings.py")]
