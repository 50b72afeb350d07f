"""Vault as a source: the contract on the real one where ``VAULT_ADDR`` names it, else on a fake."""

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from samestack.config.sources.catalogue import source_kind
from samestack.config.sources.kind import Question
from samestack.errors import InputError, RequestError
from samestack.outside.source_error import Reason, SourceError
from tests.config.sources.misbehaving_servers import canned_server
from tests.config.sources.store_contract import CANARY, StoreContract, told
from tests.contracts.config_source_cases import SourceCase, nested
from tests.contracts.config_source_contract import SourceContract
from tests.services.fake_vault import ROOT_TOKEN, FakeVault, serving_vault
from tests.services.vault_server import MOUNT, PREFIX, VaultServer

VAULT = source_kind("vault")


class VaultCase(SourceCase):
    kind = "vault"
    tells_change = True
    malformed = True

    def __init__(self, server: VaultServer, path: str) -> None:
        self.server = server
        self.path = path

    def plant(self, values: Mapping[str, str]) -> Question:
        return self.write(nested(values))

    def write(self, data: Mapping[str, Any]) -> Question:
        self.server.write(self.path, data)
        return self.asked(self.path)

    def absent(self) -> Question:
        return self.asked("nowhere")

    def malform(self, canary: str) -> Question:
        return self.write({"not a name": canary})

    def asked(self, path: str, **options: Any) -> Question:
        return Question(
            locator=f"{MOUNT}/{PREFIX}/{path}",
            project=Path(),
            profile="test",
            variables=self.server.variables,
            options=options,
            seconds=10,
        )


@pytest.fixture
def case(vault_server: VaultServer, request: pytest.FixtureRequest) -> Iterator[VaultCase]:
    path = f"{abs(hash(request.node.name))}"
    yield VaultCase(vault_server, path)
    vault_server.forget(path)


@pytest.fixture
def fake() -> Iterator[FakeVault]:
    with serving_vault() as vault:
        yield vault


def case_of(fake: FakeVault) -> VaultCase:
    return VaultCase(VaultServer(address=fake.address, token=ROOT_TOKEN), "helpdesk")


def with_variables(question: Question, **variables: str | None) -> Question:
    said = {**question.variables, **variables}
    kept = {name: value for name, value in said.items() if value is not None}
    return msgspec.structs.replace(question, variables=kept)


def reason(question: Question) -> Reason:
    with pytest.raises(SourceError) as caught:
        VAULT.read(question)
    assert CANARY not in told(caught.value)
    return caught.value.reason


class TestVault(SourceContract):
    @pytest.fixture
    def case(self, case: VaultCase) -> SourceCase:
        return case


class TestVaultErrors(StoreContract):
    kind = "vault"

    def question(self, host: str, *, seconds: float = 0.6) -> Question:
        variables = {"VAULT_ADDR": f"http://{host}", "VAULT_TOKEN": CANARY}
        return Question(
            locator="secret/helpdesk", project=Path(), profile="test", variables=variables, seconds=seconds
        )


def test_values_keep_their_types_and_maps_that_are_variables_stay_whole(case: VaultCase) -> None:
    question = case.write({"port": 80, "debug": False, "hosts": ["a", "b"], "limits": {"a": 1}})
    question = msgspec.structs.replace(question, maps=frozenset({"LIMITS"}))
    assert [(entry.name, entry.value) for entry in VAULT.read(question)] == [
        ("DEBUG", False),
        ("HOSTS", ["a", "b"]),
        ("LIMITS", {"a": 1}),
        ("PORT", 80),
    ]


def test_the_place_is_the_version_and_the_age_is_its_own(case: VaultCase) -> None:
    case.write({"port": 1})
    (entry,) = VAULT.read(case.write({"port": 2}))
    assert entry.origin.place == "version 2"
    age = dt.datetime.now(dt.UTC) - dt.datetime.fromisoformat(entry.origin.changed)
    assert dt.timedelta(seconds=-60) < age < dt.timedelta(minutes=5)


def test_an_earlier_version(case: VaultCase) -> None:
    case.write({"port": 1})
    case.write({"port": 2})
    question = case.asked(case.path, version=1)
    assert [(entry.value, entry.origin.place) for entry in VAULT.read(question)] == [(1, "version 1")]
    assert VAULT.revision is not None
    assert VAULT.revision(question) == "version 1"


def test_a_mount_with_slashes(case: VaultCase) -> None:
    question = case.write({"port": 1})
    told_apart = msgspec.structs.replace(
        question, locator=f"{PREFIX}/{case.path}", options={"mount": f"/{MOUNT}/"}
    )
    assert [entry.name for entry in VAULT.read(told_apart)] == ["PORT"]


def test_a_deleted_version_is_said_to_be_deleted(case: VaultCase) -> None:
    question = case.write({"port": 1})
    case.server.delete(case.path)
    with pytest.raises(SourceError, match="its version 1 was deleted") as caught:
        VAULT.read(question)
    assert caught.value.reason is Reason.MISSING


def test_a_deletion_is_a_revision(case: VaultCase) -> None:
    question = case.write({"port": 1})
    assert VAULT.revision is not None
    before = VAULT.revision(question)
    case.server.delete(case.path)
    assert VAULT.revision(question) != before


def test_a_token_that_is_none_is_denied(case: VaultCase) -> None:
    assert reason(with_variables(case.write({"port": CANARY}), VAULT_TOKEN="none")) is Reason.DENIED


def test_no_token_at_all(case: VaultCase, tmp_path: Path) -> None:
    question = with_variables(case.write({"port": 1}), VAULT_TOKEN=None, HOME=str(tmp_path))
    assert reason(question) is Reason.DENIED


def test_the_token_that_vault_login_left(case: VaultCase, tmp_path: Path) -> None:
    (tmp_path / ".vault-token").write_text(f"{case.server.token}\n")
    question = with_variables(case.write({"port": 1}), VAULT_TOKEN=None, HOME=str(tmp_path))
    assert [entry.name for entry in VAULT.read(question)] == ["PORT"]


def test_a_role(case: VaultCase) -> None:
    role, secret = case.server.role()
    question = with_variables(
        case.write({"port": 1}), VAULT_TOKEN=None, VAULT_ROLE_ID=role, VAULT_SECRET_ID=secret
    )
    assert [entry.name for entry in VAULT.read(question)] == ["PORT"]
    by_settings = msgspec.structs.replace(
        with_variables(question, VAULT_ROLE_ID=None), options={"role-id": role}
    )
    assert [entry.name for entry in VAULT.read(by_settings)] == ["PORT"]


def test_a_role_that_is_not_let_in(case: VaultCase) -> None:
    role, _ = case.server.role()
    question = with_variables(
        case.write({"port": 1}), VAULT_TOKEN=None, VAULT_ROLE_ID=role, VAULT_SECRET_ID=CANARY
    )
    assert reason(question) is Reason.DENIED


def test_a_secret_id_in_the_settings_is_refused(case: VaultCase) -> None:
    question = case.asked(case.path, **{"role-id": "x", "secret-id": CANARY})
    with pytest.raises(RequestError, match="a secret id does not stand in settings") as caught:
        VAULT.read(question)
    assert CANARY not in told(caught.value)


@pytest.mark.parametrize("locator", ["secret", "secret/", "secret/../sys/x", "secret//x", "/", "./x"])
def test_a_place_that_is_none(case: VaultCase, locator: str) -> None:
    with pytest.raises(RequestError, match="no mount and path"):
        VAULT.read(msgspec.structs.replace(case.asked("x"), locator=locator))


@pytest.mark.parametrize("version", [0, -1, "2", True, 1.5])
def test_a_version_that_is_none(case: VaultCase, version: object) -> None:
    with pytest.raises(RequestError, match="no such version"):
        VAULT.read(case.asked(case.path, version=version))


def test_no_address(case: VaultCase) -> None:
    assert reason(with_variables(case.asked("x"), VAULT_ADDR=None)) is Reason.UNREACHABLE


def test_a_certificate_of_ones_own(own_certificate: Path) -> None:
    secret = {
        "data": {"port": 1},
        "metadata": {"version": 3, "created_time": "2026-03-01T10:00:00.123456789Z"},
    }
    with canned_server(msgspec.json.encode({"data": secret}), certificate=own_certificate) as host:
        variables = {"VAULT_ADDR": f"https://{host}", "VAULT_TOKEN": CANARY}
        question = Question(locator="secret/x", project=Path(), profile="test", variables=variables)
        with pytest.raises(SourceError, match="cannot be trusted"):
            VAULT.read(question)
        (entry,) = VAULT.read(with_variables(question, VAULT_CACERT=str(own_certificate)))
    assert (entry.origin.place, entry.origin.changed) == ("version 3", "2026-03-01T10:00:00+00:00")


def test_a_sealed_vault_is_not_there(fake: FakeVault) -> None:
    question = case_of(fake).write({"port": CANARY})
    fake.is_sealed = True
    with pytest.raises(SourceError, match="it is sealed") as caught:
        VAULT.read(question)
    assert caught.value.reason is Reason.UNREACHABLE


def test_a_token_that_was_gotten_is_given_back(fake: FakeVault) -> None:
    case = case_of(fake)
    role, secret = case.server.role()
    question = with_variables(
        case.write({"port": 1}), VAULT_TOKEN=None, VAULT_ROLE_ID=role, VAULT_SECRET_ID=secret
    )
    VAULT.read(question)
    assert not fake.role_tokens
    with pytest.raises(SourceError):
        VAULT.read(msgspec.structs.replace(question, locator="secret/nowhere"))
    assert not fake.role_tokens


def test_a_revision_where_the_history_is_denied(fake: FakeVault) -> None:
    case = case_of(fake)
    role, secret = case.server.role()
    fake.has_history = False
    question = with_variables(
        case.write({"port": 1}), VAULT_TOKEN=None, VAULT_ROLE_ID=role, VAULT_SECRET_ID=secret
    )
    assert VAULT.revision is not None
    assert VAULT.revision(question) == "version 1"


def test_presence_where_there_is_no_interface_for_it(fake: FakeVault) -> None:
    question = case_of(fake).write({"port": 1})
    fake.has_subkeys = False
    assert VAULT.present is not None
    with pytest.raises(SourceError) as caught:
        VAULT.present(question)
    assert caught.value.reason is Reason.MISSING


def test_two_keys_of_one_variable(case: VaultCase) -> None:
    with pytest.raises(InputError, match="a second key is the variable API_KEY") as caught:
        VAULT.read(case.write({"api-key": CANARY, "api_key": CANARY}))
    assert CANARY not in told(caught.value)
