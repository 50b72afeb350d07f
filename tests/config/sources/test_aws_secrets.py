"""AWS Secrets Manager as a source, which moto plays."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from samestack.config.sources.catalogue import source_kind
from samestack.config.sources.kind import Question
from samestack.errors import InputError
from samestack.outside.source_error import Reason, SourceError
from tests.config.sources.aws_questions import AwsStoreContract, aws_question
from tests.config.sources.misbehaving_servers import canned_server
from tests.config.sources.store_contract import CANARY, told
from tests.contracts.config_source_cases import SourceCase, nested
from tests.contracts.config_source_contract import SourceContract
from tests.services.aws_server import AwsServer

SECRETS = source_kind("aws-secrets")


class SecretCase(SourceCase):
    kind = "aws-secrets"
    tells_change = True
    malformed = True

    def __init__(self, server: AwsServer, name: str) -> None:
        self.client = server.client("secretsmanager")
        self.name = name
        self._server = server

    def plant(self, values: Mapping[str, str]) -> Question:
        return self.write(SecretString=json.dumps(nested(values)))

    def write(self, **value: Any) -> Question:
        try:
            self.client.put_secret_value(SecretId=self.name, **value)
        except self.client.exceptions.ResourceNotFoundException:
            self.client.create_secret(Name=self.name, **value)
        return self.asked(self.name)

    def close(self) -> None:
        try:
            self.client.delete_secret(SecretId=self.name, ForceDeleteWithoutRecovery=True)
        except self.client.exceptions.ResourceNotFoundException:
            pass
        finally:
            self.client.close()

    def absent(self) -> Question:
        return self.asked("nowhere")

    def malform(self, canary: str) -> Question:
        return self.write(SecretString=f'{{"api_key": "{canary}"')

    def asked(self, name: str, **options: Any) -> Question:
        return aws_question(name, self._server.variables, **options)


@pytest.fixture
def case(aws_server: AwsServer, request: pytest.FixtureRequest) -> Iterator[SecretCase]:
    made = SecretCase(aws_server, f"tests/{abs(hash(request.node.name))}/api-key")
    yield made
    made.close()


class TestSecrets(SourceContract):
    @pytest.fixture
    def case(self, case: SecretCase) -> SourceCase:
        return case


class TestSecretErrors(AwsStoreContract):
    kind = "aws-secrets"
    locator = "helpdesk/production"


def values(question: Question) -> dict[str, object]:
    return {entry.name: entry.value for entry in SECRETS.read(question)}


def test_a_text_is_the_variable_that_the_settings_name(case: SecretCase) -> None:
    question = case.write(SecretString="plain text")
    assert values(question) == {"API_KEY": "plain text"}
    named = msgspec.structs.replace(question, options={"variable": "HUB_TOKEN"})
    assert values(named) == {"HUB_TOKEN": "plain text"}


def test_a_document_is_one_variable_where_the_settings_name_it(case: SecretCase) -> None:
    question = case.write(SecretString='{"a": 1}')
    named = msgspec.structs.replace(question, options={"variable": "LIMITS"})
    assert values(named) == {"LIMITS": '{"a": 1}'}


def test_values_keep_their_types_and_maps_that_are_variables_stay_whole(case: SecretCase) -> None:
    question = case.write(SecretString='{"port": 80, "limits": {"a": 1}, "hosts": ["a"]}')
    question = msgspec.structs.replace(question, maps=frozenset({"LIMITS"}))
    assert values(question) == {"HOSTS": ["a"], "LIMITS": {"a": 1}, "PORT": 80}


def test_a_secret_is_found_by_its_resource_name(case: SecretCase) -> None:
    case.write(SecretString="x")
    arn = case.client.describe_secret(SecretId=case.name)["ARN"]
    assert values(case.asked(arn)) == {"API_KEY": "x"}


def test_the_age_is_the_versions_and_no_tag_renews_it(case: SecretCase) -> None:
    question = case.write(SecretString="x")
    (before,) = SECRETS.read(question)
    case.client.tag_resource(SecretId=case.name, Tags=[{"Key": "team", "Value": "helpdesk"}])
    (after,) = SECRETS.read(question)
    assert before.origin == after.origin
    age = dt.datetime.now(dt.UTC) - dt.datetime.fromisoformat(after.origin.changed)
    assert dt.timedelta(seconds=-5) < age < dt.timedelta(minutes=5)
    version = case.client.list_secret_version_ids(SecretId=case.name)["Versions"][0]
    assert after.origin.place == f"version {version['VersionId'][:8]}"


def test_a_binary_secret(case: SecretCase) -> None:
    with pytest.raises(InputError, match="a binary secret"):
        SECRETS.read(case.write(SecretBinary=CANARY.encode()))


def test_a_deleted_secret(case: SecretCase) -> None:
    question = case.write(SecretString=CANARY)
    case.client.delete_secret(SecretId=case.name)
    with pytest.raises(SourceError) as caught:
        SECRETS.read(question)
    assert caught.value.reason is Reason.MISSING


def test_a_name_that_no_variable_can_have(case: SecretCase) -> None:
    question = case.write(SecretString=CANARY)
    with pytest.raises(InputError, match="no variable has such a name") as caught:
        SECRETS.read(msgspec.structs.replace(question, options={"variable": "1st"}))
    assert CANARY not in told(caught.value)


def test_profile_files_are_read_as_boto3_reads_them(aws_server: AwsServer, tmp_path: Path) -> None:
    (tmp_path / "config").write_text(
        f"[profile team]\nregion = eu-west-1\nendpoint_url = {aws_server.address}\n"
    )
    (tmp_path / "credentials").write_text("[team]\naws_access_key_id = a\naws_secret_access_key = b\n")
    variables = {
        "AWS_PROFILE": "team",
        "AWS_CONFIG_FILE": str(tmp_path / "config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "credentials"),
    }
    with pytest.raises(SourceError) as caught:
        SECRETS.read(aws_question("nowhere", variables))
    assert caught.value.reason is Reason.MISSING


def test_a_service_has_an_address_of_its_own() -> None:
    with canned_server(b'{"__type": "ResourceNotFoundException"}', status=400) as host:
        variables = AwsServer(address="http://127.0.0.1:9").variables
        own = {**variables, "AWS_ENDPOINT_URL_SECRETS_MANAGER": f"http://{host}"}
        with pytest.raises(SourceError) as caught:
            SECRETS.read(aws_question("nowhere", own))
    assert caught.value.reason is Reason.MISSING
