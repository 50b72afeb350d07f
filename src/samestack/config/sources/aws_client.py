"""Clients of AWS, made of what a question's variables say, and held to its time and to a size."""

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from samestack.config.sources.kind import Question
from samestack.libraries import library
from samestack.outside.bounded_body import Allowance, BoundedBody
from samestack.outside.server_address import proxies_before, server_address


def load() -> ModuleType:
    """The library, which takes some tenths of a second of this machine's and none of the servers'."""
    return library("boto3", "asking AWS", extra="aws")


def aws_client(service: str, question: Question, source: str) -> Any:  # noqa: ANN401 - the library comes late
    """A client of boto3 for ``ssm`` or ``secretsmanager``; profiles and roles are found as boto3 does it."""
    purpose = f"reading {source}"
    config = library("botocore.config", purpose, extra="aws").Config
    endpoint = _endpoint(service, question.variables)
    settings: dict[str, Any] = {
        "connect_timeout": question.seconds,
        "read_timeout": question.seconds,
        "retries": {"total_max_attempts": 2, "mode": "standard"},
    }
    if endpoint:
        address = server_address(endpoint, "AWS_ENDPOINT_URL", source)
        settings["proxies"] = proxies_before(address, question.variables)
    session = library("boto3", purpose, extra="aws").Session(botocore_session=_session(question, purpose))
    client = session.client(service, endpoint_url=endpoint, config=config(**settings))
    _bound(client, source)
    return client


def _session(question: Question, purpose: str) -> Any:  # noqa: ANN401
    variables = question.variables
    session = library("botocore.session", purpose, extra="aws").Session(profile=variables.get("AWS_PROFILE"))
    for name, variable in _SETTINGS.items():
        if variables.get(variable):
            session.set_config_variable(name, variables[variable])
    region = question.options.get("region") or variables.get("AWS_REGION")
    if region:
        session.set_config_variable("region", str(region))
    key, secret = variables.get("AWS_ACCESS_KEY_ID"), variables.get("AWS_SECRET_ACCESS_KEY")
    if key and secret:
        session.set_credentials(key, secret, variables.get("AWS_SESSION_TOKEN"))
    return session


_SETTINGS = {
    "region": "AWS_DEFAULT_REGION",
    "config_file": "AWS_CONFIG_FILE",
    "credentials_file": "AWS_SHARED_CREDENTIALS_FILE",
    "ca_bundle": "AWS_CA_BUNDLE",
}


def _endpoint(service: str, variables: Mapping[str, str]) -> str | None:
    if variables.get("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "").lower() == "true":
        return None
    own = {"ssm": "AWS_ENDPOINT_URL_SSM", "secretsmanager": "AWS_ENDPOINT_URL_SECRETS_MANAGER"}[service]
    return variables.get(own) or variables.get("AWS_ENDPOINT_URL") or None


def _bound(client: Any, source: str) -> None:  # noqa: ANN401
    """Read at most so much of what the client gets: on its own, botocore reads whatever comes."""
    allowance = Allowance(source)
    transport = client._endpoint.http_session  # nothing public leads to it

    def send(request: Any, **_: object) -> Any:  # noqa: ANN401
        request.stream_output = True
        response = transport.send(request)
        response.raw = BoundedBody(response.raw, allowance)
        _ = response.content
        return response

    client.meta.events.register("before-send", send)
