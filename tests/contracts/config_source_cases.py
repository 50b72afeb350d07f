"""Every kind of source that needs no server, with a place of it that a test may fill.

A kind joins the contract by a subclass of :class:`SourceCase`. One that needs nothing but a directory is
listed in :data:`LOCAL_CASES`. One that needs a server stands beside its server, in ``tests/services/``, and
runs the same contract on itself::

    class ConsulCase(SourceCase):
        kind = "consul"
        ...

    @pytest.mark.service
    class TestConsul(SourceContract):          # tests/contracts/config_source_contract.py
        @pytest.fixture
        def case(self, consul_server: Consul) -> SourceCase:
            return ConsulCase(consul_server)
"""

import json
import shutil
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Final

import msgspec
import yaml

from samestack.config.age.recipients import recipients_of
from samestack.config.age.sealing import sealed
from samestack.config.age.secret_document import replaced
from samestack.config.sources.kind import Question
from tests.config.age.keys import new_key, store
from tests.config.sops.writing import SopsWriter


class SourceCase(ABC):
    """One kind of source. What it documents differently from the others, it says in these attributes."""

    kind: ClassVar[str]
    """The name in the catalogue, or of an entry point: ``consul``."""
    asks_names: ClassVar[bool] = False
    """Whether it gives only variables that ``Question.names`` has, where that has any."""
    tells_place: ClassVar[bool] = True
    """Whether ``Origin.place`` says where in the source."""
    tells_change: ClassVar[bool] = False
    """Whether ``Origin.changed`` says when."""
    malformed: ClassVar[bool] = False
    """Whether :meth:`malform` makes something of it that cannot be read."""

    @abstractmethod
    def plant(self, values: Mapping[str, str]) -> Question:
        """Make these values, and no others, what the source holds; the question that asks for them all.

        ``values`` are texts by variable (``LOG_LEVEL``, ``DATABASE__URL``): written as people write them in
        this source, where possible in small letters and with ``__`` as its own way of nesting. Called several
        times in a test. The question has neither names nor maps: the contract adds them.
        """

    def absent(self) -> Question | None:
        """A question for a place that is not there; ``None`` for a kind that always is."""
        return None

    def malform(self, canary: str) -> Question:
        """A question for a place that cannot be read, in which ``canary`` stands."""
        raise NotImplementedError


def nested(values: Mapping[str, str]) -> dict[str, Any]:
    """Variables as a document in small letters: ``DATABASE__URL`` as ``{"database": {"url": ...}}``."""
    document: dict[str, Any] = {}
    for name, value in values.items():
        *outer, last = name.lower().split("__")
        table = document
        for key in outer:
            table = table.setdefault(key, {})
        table[last] = value
    return document


class ProcessEnvironmentCase(SourceCase):
    kind = "environment"
    asks_names = True
    tells_place = False

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def plant(self, values: Mapping[str, str]) -> Question:
        return Question(locator="", project=self._directory, profile="test", variables=dict(values))


class _InFiles(SourceCase):
    """A kind whose place is a path below the project."""

    locator: ClassVar[str]

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def ask(self, locator: str = "") -> Question:
        return Question(locator=locator or self.locator, project=self.directory, profile="test")

    def write(self, text: str) -> Question:
        path = self.directory / self.locator
        path.unlink(missing_ok=True)  # a new file, as editors make one
        path.write_text(text)
        return self.ask()

    def absent(self) -> Question:
        return self.ask("nowhere/" + self.locator)


class SecretDirectoryCase(_InFiles):
    kind = "directory"
    locator = "secrets"
    asks_names = True
    malformed = True

    def plant(self, values: Mapping[str, str]) -> Question:
        root = self.directory / self.locator
        if root.exists():
            shutil.rmtree(root)
        root.mkdir()
        for name, value in values.items():
            path = root.joinpath(*name.lower().replace("_", "-").split("--"))
            path.parent.mkdir(exist_ok=True)
            path.write_text(value + "\n")
        return self.ask()

    def malform(self, canary: str) -> Question:
        question = self.plant({})
        (self.directory / self.locator / "api-key").write_bytes(canary.encode() + b"\xff")
        return question


class MountedSecretCase(SecretDirectoryCase):
    """As Kubernetes mounts a secret: links through ``..data``, which names the directory of one version."""

    _mounts = 0

    def plant(self, values: Mapping[str, str]) -> Question:
        super().plant({})
        self._mounts += 1
        root = self.directory / self.locator
        version = root / f"..2026_03_01_{self._mounts}"
        version.mkdir()
        (root / "..data").symlink_to(version.name)
        for name, value in values.items():
            parts = name.lower().replace("_", "-").split("--")
            path = version.joinpath(*parts)
            path.parent.mkdir(exist_ok=True)
            path.write_text(value)
            if not (root / parts[0]).is_symlink():
                (root / parts[0]).symlink_to(f"..data/{parts[0]}")
        return self.ask()


class DotenvCase(_InFiles):
    kind = "dotenv"
    locator = ".env"
    malformed = True

    def plant(self, values: Mapping[str, str]) -> Question:
        quoted = (f"{name}='{self._escaped(value)}'\n" for name, value in values.items())
        return self.write("# for this machine alone\n\n" + "".join(quoted))

    def malform(self, canary: str) -> Question:
        return self.write(f"A=1\nAPI_KEY='{canary}\n")

    @staticmethod
    def _escaped(value: str) -> str:
        return value.replace("\\", "\\\\").replace("'", "\\'")


class TomlCase(_InFiles):
    kind = "file"
    locator = "more.toml"
    malformed = True

    def plant(self, values: Mapping[str, str]) -> Question:
        return self.write(msgspec.toml.encode(nested(values)).decode())

    def malform(self, canary: str) -> Question:
        return self.write(f'api_key = "{canary}\n')


class YamlCase(_InFiles):
    kind = "file"
    locator = "more.yaml"
    malformed = True

    def plant(self, values: Mapping[str, str]) -> Question:
        return self.write(yaml.safe_dump(nested(values)) if values else "# nothing yet\n")

    def malform(self, canary: str) -> Question:
        return self.write(f"api_key: !{canary}\n")  # PyYAML's message names the tag


class JsonCase(_InFiles):
    kind = "file"
    locator = "more.json"
    malformed = True

    def plant(self, values: Mapping[str, str]) -> Question:
        return self.write(json.dumps(nested(values), indent=2))

    def malform(self, canary: str) -> Question:
        return self.write(f'{{"api_key": "{canary}"')


class AgeCase(_InFiles):
    kind = "age"
    locator = "config/production.secrets.age"
    tells_change = True
    malformed = True
    key = new_key()

    def ask(self, locator: str = "") -> Question:
        return msgspec.structs.replace(super().ask(locator), variables=self.key.variables)

    def plant(self, values: Mapping[str, str]) -> Question:
        (self.directory / self.locator).unlink(missing_ok=True)
        store(self.directory / self.locator, self.key).change(
            lambda secrets: replaced(secrets, values, "2026-03-01T12:00:00Z"), always=True
        )
        return self.ask()

    def malform(self, canary: str) -> Question:
        question = self.plant({})
        plain = f'{{"schema": "samestack/secrets/1", "variables": {{"API_KEY": "{canary}"}}}}'
        recipients = recipients_of([self.key.recipient], "pyproject.toml")
        (self.directory / self.locator).write_bytes(sealed(plain.encode(), recipients))
        return question


class SopsYamlCase(AgeCase):
    kind = "sops"
    locator = "production.enc.yaml"

    def plant(self, values: Mapping[str, str]) -> Question:
        return self.write(self.written(SopsWriter([self.key.recipient]), values))

    def written(self, writer: SopsWriter, values: Mapping[str, str]) -> str:
        return writer.yaml(nested(values))

    def malform(self, canary: str) -> Question:
        text = self.written(SopsWriter([self.key.recipient], plain=["api_key"]), {"API_KEY": canary[1:]})
        return self.write(text.replace(canary[1:], canary))  # which the MAC was not made over


class SopsJsonCase(SopsYamlCase):
    locator = "production.enc.json"

    def written(self, writer: SopsWriter, values: Mapping[str, str]) -> str:
        return writer.json(nested(values))


class SopsEnvCase(SopsYamlCase):
    locator = "production.enc.env"

    def written(self, writer: SopsWriter, values: Mapping[str, str]) -> str:
        return writer.env({name.lower(): value for name, value in values.items()})


LOCAL_CASES: Final = (
    ProcessEnvironmentCase,
    SecretDirectoryCase,
    MountedSecretCase,
    DotenvCase,
    TomlCase,
    YamlCase,
    JsonCase,
    AgeCase,
    SopsYamlCase,
    SopsJsonCase,
    SopsEnvCase,
)
"""Each is made with an empty directory."""
