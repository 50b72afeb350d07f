"""How a cluster is reached, and how far a kubeconfig is trusted."""

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from samestack.capture.kubernetes import access as kubernetes_access
from samestack.capture.kubernetes.access import Access, access
from samestack.config.sources.kind import Question
from samestack.config.sources.kubernetes_client import way_of
from samestack.errors import InputError, RequestError
from samestack.outside.source_error import Reason, SourceError
from tests.config.sources.kubeconfigs import by_kubeconfig, kubeconfig, written
from tests.config.sources.store_contract import CANARY, told

SERVER = "https://cluster.invalid:6443"
SHOWN = "kubernetes-secret:helpdesk/production"


def way(question: Question) -> Access:
    return access(way_of(question), SHOWN, question.seconds)


def of_project(question: Question) -> Question:
    """The same kubeconfig, named by the settings of a project."""
    file = question.variables["KUBECONFIG"]
    return msgspec.structs.replace(question, variables={}, options={"kubeconfig": file})


def user(tmp_path: Path, said: Mapping[str, Any]) -> Question:
    """A question by a kubeconfig with this user."""
    return by_kubeconfig(written(kubeconfig(SERVER, said), tmp_path / "kube/config"))


def program(directory: Path, text: str) -> dict[str, Any]:
    """A program that gives credentials, as a kubeconfig names it: relative to its own directory."""
    file = directory / "kube/give"
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)
    return {
        "exec": {
            "apiVersion": "client.authentication.k8s.io/v1",
            "command": "./give",
            "args": ["one"],
            "env": [{"name": "GIVEN", "value": "two"}],
            "interactiveMode": "IfAvailable",
        }
    }


def test_a_kubeconfig_says_all(tmp_path: Path) -> None:
    authority = base64.b64encode(b"PEM").decode()
    document = kubeconfig(
        SERVER,
        {"token": "abc"},
        cluster={"certificate-authority-data": authority, "tls-server-name": "inner"},
        context={"namespace": "helpdesk"},
    )
    found = way(by_kubeconfig(written(document, tmp_path / "config")))
    assert found == Access(
        server=SERVER, namespace="helpdesk", token="abc", authority=b"PEM", server_name="inner"
    )
    assert "abc" not in repr(found)


def test_the_kubeconfig_at_home(tmp_path: Path) -> None:
    written(kubeconfig(SERVER, {"token": "abc"}), tmp_path / ".kube/config")
    question = Question(
        locator="a", project=tmp_path / "p", profile="test", variables={"HOME": str(tmp_path)}
    )
    assert (way(question).token, way(question).namespace) == ("abc", "default")


def test_several_kubeconfigs_of_which_the_first_counts(tmp_path: Path) -> None:
    first = written({"users": [{"name": "ada", "user": {"token": "first"}}]}, tmp_path / "a/one")
    second = written(kubeconfig(SERVER, {"token": "second"}), tmp_path / "b/two")
    question = by_kubeconfig(Path(f"{first}:{tmp_path / 'missing'}:{second}"))
    assert way(question).token == "first"


def test_another_context(tmp_path: Path) -> None:
    document = kubeconfig(SERVER, {"token": "abc"})
    document["contexts"].append({"name": "other", "context": {"cluster": "there", "namespace": "other"}})
    file = written(document, tmp_path / "config")
    found = way(by_kubeconfig(file, context="other"))
    assert (found.namespace, found.token) == ("other", "")
    with pytest.raises(SourceError, match="the kubeconfig has no 'none' among its contexts") as caught:
        way(by_kubeconfig(file, context="none"))
    assert caught.value.reason is Reason.MISSING


def test_no_kubeconfig_and_no_pod(tmp_path: Path) -> None:
    question = Question(locator="a", project=tmp_path, profile="test")
    with pytest.raises(SourceError, match="there is no kubeconfig, and this is no pod") as caught:
        way(question)
    assert caught.value.reason is Reason.UNREACHABLE


def test_a_kubeconfig_of_the_settings_that_is_not_there(tmp_path: Path) -> None:
    question = Question(locator="a", project=tmp_path, profile="t", options={"kubeconfig": "none.yaml"})
    with pytest.raises(SourceError, match=r"there is no kubeconfig .*none\.yaml"):
        way(question)


@pytest.mark.parametrize("host", ["10.0.0.1", "fd00::1"])
def test_the_service_account_of_a_pod(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    for name, text in (("token", "abc"), ("namespace", "helpdesk"), ("ca.crt", "PEM")):
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(kubernetes_access, "_SERVICE_ACCOUNT", tmp_path)
    variables = {"KUBERNETES_SERVICE_HOST": host, "KUBERNETES_SERVICE_PORT": "443"}
    question = Question(locator="a", project=tmp_path, profile="test", variables=variables)
    shown = f"[{host}]" if ":" in host else host
    assert way(question) == Access(
        server=f"https://{shown}:443", namespace="helpdesk", token="abc", authority=b"PEM"
    )


def test_a_program_gives_credentials(tmp_path: Path) -> None:
    said = program(
        tmp_path,
        """echo "{\\"status\\": {\\"token\\": \\"$1-$GIVEN\\", \\"clientCertificateData\\": \\"PEM\\"}}"
test "$KUBERNETES_EXEC_INFO" """,
    )
    found = way(user(tmp_path, said))
    assert (found.token, found.certificate) == ("one-two", b"PEM")


@pytest.mark.parametrize(
    "text",
    [f"echo {CANARY} >&2; exit 1", f"echo {CANARY}", f'echo \'{{"status": "{CANARY}"}}\'', "printf '\\377'"],
)
def test_a_program_that_gives_none(tmp_path: Path, text: str) -> None:
    with pytest.raises(SourceError) as caught:
        way(user(tmp_path, program(tmp_path, text)))
    assert caught.value.reason is Reason.DENIED
    assert caught.value.hint == "run kubectl once: it says why"
    assert CANARY not in told(caught.value)


def test_a_program_has_its_time(tmp_path: Path) -> None:
    question = msgspec.structs.replace(user(tmp_path, program(tmp_path, "sleep 20")), seconds=0.3)
    with pytest.raises(SourceError, match="gives none"):
        way(question)


def test_a_project_has_no_program_run(tmp_path: Path) -> None:
    question = user(tmp_path, program(tmp_path, f"touch {tmp_path / 'ran'}"))
    with pytest.raises(RequestError, match=r"a kubeconfig that the settings name runs a program: \./give"):
        way(of_project(question))
    assert not (tmp_path / "ran").exists()
    with pytest.raises(SourceError):
        way(question)
    assert (tmp_path / "ran").exists()


@pytest.mark.parametrize("key", ["tokenFile", "client-certificate", "client-key"])
def test_a_project_has_no_file_of_the_users_sent(tmp_path: Path, key: str) -> None:
    (tmp_path / "id").write_text("abc")
    question = user(tmp_path, {key: "../id"})
    assert "abc" in {way(question).token, way(question).certificate.decode(), way(question).key.decode()}
    with pytest.raises(RequestError, match="has a file outside of its own directory read"):
        way(of_project(question))
    (tmp_path / "kube/link").symlink_to(tmp_path / "id")
    with pytest.raises(RequestError, match="has a file outside of its own directory read"):
        way(of_project(user(tmp_path, {key: "link"})))


def test_a_project_may_have_a_token_beside_its_kubeconfig(tmp_path: Path) -> None:
    question = user(tmp_path, {"tokenFile": "token"})
    (tmp_path / "kube/token").write_text("abc\n")
    assert way(of_project(question)).token == "abc"


@pytest.mark.parametrize(
    "said", [{"auth-provider": {"name": "gcp"}}, {"username": "a", "password": CANARY}, {"as": "root"}]
)
def test_what_samestack_does_not_know_is_not_passed_over(tmp_path: Path, said: dict[str, Any]) -> None:
    with pytest.raises(RequestError, match="which samestack does not know") as caught:
        way(user(tmp_path, said))
    assert CANARY not in told(caught.value)


@pytest.mark.parametrize("token", [f"{CANARY}\nX-Other: 1", f"{CANARY} b", f"{CANARY}é"])
def test_a_token_that_no_request_can_carry(tmp_path: Path, token: str) -> None:
    with pytest.raises(InputError, match="its token is malformed") as caught:
        way(user(tmp_path, {"token": token}))
    assert CANARY not in told(caught.value)


@pytest.mark.parametrize("server", ["", "cluster:6443", f"https://a:{CANARY}@:99999999", "ftp://cluster"])
def test_a_server_that_is_none(tmp_path: Path, server: str) -> None:
    file = written(kubeconfig(server, {"token": CANARY}), tmp_path / "config")
    with pytest.raises(SourceError, match="is not the address of an HTTP server") as caught:
        way(by_kubeconfig(file))
    assert CANARY not in told(caught.value)


def test_a_server_elsewhere_is_not_asked_without_encryption(tmp_path: Path) -> None:
    file = written(kubeconfig("http://cluster.invalid", {"token": CANARY}), tmp_path / "config")
    with pytest.raises(SourceError, match="would be asked without encryption"):
        way(by_kubeconfig(file))


@pytest.mark.parametrize(
    "text",
    [
        f"a: !{CANARY}",
        f'token: "{CANARY}',
        json.dumps({"users": [{"name": "ada", "user": {"token": [CANARY]}}]}),
        json.dumps({"users": {CANARY: 1}}),
        f"- {CANARY}",
    ],
)
def test_a_file_that_is_no_kubeconfig(tmp_path: Path, text: str) -> None:
    file = tmp_path / "config"
    file.write_text(text)
    with pytest.raises(InputError, match="config") as caught:
        way(by_kubeconfig(file))
    assert CANARY not in told(caught.value)


def test_data_that_is_no_base64(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the client key of the kubeconfig is not base64") as caught:
        way(user(tmp_path, {"client-key-data": f"{CANARY}*"}))
    assert CANARY not in told(caught.value)


def test_a_user_with_a_token_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="the token of the kubeconfig: no such file") as caught:
        way(user(tmp_path, {"tokenFile": "none"}))
    assert caught.value.reason is Reason.MISSING
