import base64
import json
import os
from pathlib import Path

import pytest

from samestack.errors import InputError, OutsideError, RequestError
from samestack.oci.registry.credentials import Credential, credential_of
from samestack.oci.registry.hosts import RegistryHost

HOST = RegistryHost(name="registry.example.com")
AUTH = base64.b64encode(b"ada:sword:fish").decode()


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


def write(place: Path, config: object) -> None:
    (place / "config.json").write_text(json.dumps(config))


def helper(place: Path, name: str, script: str) -> None:
    path = place / f"docker-credential-{name}"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_nobody_is_known_where_nobody_logged_in(place: Path) -> None:
    assert credential_of(HOST) is None
    write(place, {"auths": {"other.example.com": {"auth": AUTH}, "registry.example.com": {}}})
    assert credential_of(HOST) is None


@pytest.mark.parametrize(
    "key", ["registry.example.com", "https://registry.example.com", "https://registry.example.com/v1/"]
)
def test_the_file_itself_holds_them(place: Path, key: str) -> None:
    write(place, {"auths": {key: {"auth": AUTH}}, "HttpHeaders": {"User-Agent": "x"}})
    assert credential_of(HOST) == Credential(user="ada", password="sword:fish")


def test_a_token_may_stand_for_them(place: Path) -> None:
    write(place, {"auths": {"registry.example.com": {"auth": AUTH, "identitytoken": "id"}}})
    assert credential_of(HOST) == Credential(user="ada", password="sword:fish", identity_token="id")


def test_the_registry_of_docker_has_a_name_of_its_own(place: Path) -> None:
    host = RegistryHost(name="docker.io")
    write(place, {"auths": {host.credential_keys[0]: {"auth": AUTH}}})
    assert credential_of(host) == Credential(user="ada", password="sword:fish")


@pytest.mark.parametrize("config", [{"credsStore": "own"}, {"credHelpers": {"registry.example.com": "own"}}])
def test_a_helper_is_asked(place: Path, config: object) -> None:
    helper(place, "own", 'read key; echo "{\\"Username\\":\\"$1\\",\\"Secret\\":\\"$key\\"}"')
    write(place, config)
    assert credential_of(HOST) == Credential(user="get", password="registry.example.com")


def test_a_helper_of_its_own_goes_before_the_store(place: Path) -> None:
    helper(place, "own", 'echo \'{"Username":"<token>","Secret":"id"}\'')
    write(place, {"credsStore": "missing", "credHelpers": {"registry.example.com": "own"}})
    assert credential_of(HOST) == Credential(identity_token="id")


def test_what_a_helper_does_not_know_may_stand_in_the_file(place: Path) -> None:
    helper(place, "own", "echo credentials not found in native keychain; exit 1")
    write(place, {"credsStore": "own", "auths": {"registry.example.com": {"auth": AUTH}}})
    assert credential_of(HOST) == Credential(user="ada", password="sword:fish")


def test_a_helper_that_is_missing_is_named(place: Path) -> None:
    write(place, {"credsStore": "nowhere"})
    with pytest.raises(OutsideError, match="docker-credential-nowhere, which keeps the credentials"):
        credential_of(HOST)


def test_a_helper_is_the_name_of_a_program_and_no_path(place: Path) -> None:
    write(place, {"credsStore": "../../bin/sh"})
    with pytest.raises(RequestError, match="no program is called"):
        credential_of(HOST)


def test_what_a_helper_says_is_never_shown(place: Path) -> None:
    helper(place, "own", 'echo "swordfish {"')
    write(place, {"credsStore": "own"})
    with pytest.raises(OutsideError) as caught:
        credential_of(HOST)
    assert "swordfish" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    ["swordfish", '{"auths": ["swordfish"]}', '{"auths": {"registry.example.com": {"auth": "?swordfish"}}}'],
)
def test_a_file_that_is_malformed_is_named_and_not_shown(place: Path, text: str) -> None:
    (place / "config.json").write_text(text)
    with pytest.raises(InputError, match=r"config\.json") as caught:
        credential_of(HOST)
    assert "swordfish" not in str(caught.value)


def test_a_credential_does_not_show_itself() -> None:
    credential = Credential(user="ada", password="swordfish", identity_token="id")
    assert "swordfish" not in f"{credential} {credential!r}"
    assert credential.secrets == {"swordfish", "id", base64.b64encode(b"ada:swordfish").decode()}
