"""Tokens: asked for when they are wanted, one for each set of rights, and again when they are over."""

import time

import pytest

from samestack.errors import OutsideError
from samestack.oci.registry.credentials import Credential
from tests.oci.registry.clients import destination_in, put, source_of
from tests.oci.registry.memory_registry import IDENTITY, PASSWORD, USER, MemoryRegistry, serving
from tests.oci.registry.opaque_images import blob, opaque_image
from tests.oci.registry.test_writing import LARGE, given

IMAGE = opaque_image(b"base")
ADA = Credential(user=USER, password=PASSWORD)


@pytest.fixture(autouse=True)
def guarded(registry: MemoryRegistry) -> None:
    registry.wants_token = True


@pytest.mark.parametrize("credential", [ADA, Credential(identity_token=IDENTITY)])
def test_a_token_is_asked_for_once(registry: MemoryRegistry, credential: Credential) -> None:
    with destination_in(registry, credential=credential) as destination:
        assert destination.add(given(LARGE))
        assert destination.add(given(b"small"))
    assert registry.asked.count("GET /token") + registry.asked.count("POST /token") == 1
    (scope, _), *_ = registry.tokens.values()
    assert scope == "repository:team/agent:pull,push"


def test_whoever_only_reads_asks_for_no_more(registry: MemoryRegistry) -> None:
    put(registry, IMAGE, "1.0")
    with source_of(registry, "1.0", credential=ADA) as source:
        source.described("")
    assert [scope for scope, _ in registry.tokens.values()] == ["repository:team/agent:pull"]


def test_to_take_a_blob_over_takes_a_right_on_its_origin(registry: MemoryRegistry) -> None:
    with destination_in(registry, credential=ADA) as destination:
        destination.add(given(b"base", "team/base"))
    scopes = {scope for scope, _ in registry.tokens.values()}
    assert "repository:team/agent:pull,push repository:team/base:pull" in scopes


def test_a_token_that_is_over_is_asked_for_again(registry: MemoryRegistry) -> None:
    """Even in the midst of an upload, which then goes on."""
    registry.token_lasts = 0.3
    waits: list[float] = []
    with destination_in(registry, credential=ADA, waits=waits) as destination:
        destination.add(given(b"first"))
        time.sleep(0.4)
        assert destination.add(given(LARGE))
    assert registry.blobs[blob(LARGE).digest] == LARGE
    assert len(registry.tokens) > 1


@pytest.mark.parametrize("credential", [None, Credential(user="ada", password="wrong-password")])
def test_whoever_is_not_known_is_told_what_to_do(
    registry: MemoryRegistry, credential: Credential | None
) -> None:
    """The token server of this test repeats in its answer what it was shown: that is not told on."""
    with source_of(registry, credential=credential) as source, pytest.raises(OutsideError) as caught:
        source.described("1.0")
    assert "asking for a token: it wants credentials" in caught.value.message
    assert caught.value.hint == f"docker login {registry.host}"
    for secret in credential.secrets if credential else ():
        assert secret not in f"{caught.value} {caught.value.hint}"


def test_what_stands_for_a_password_goes_nowhere_else(registry: MemoryRegistry) -> None:
    """A token server that redirects gets it again in the body of the next request, and so might anybody."""
    with serving(MemoryRegistry()) as other:
        registry.tokens_elsewhere = other.address.replace("127.0.0.1", "localhost")
        credential = Credential(identity_token=IDENTITY)
        with (
            source_of(registry, credential=credential) as source,
            pytest.raises(OutsideError, match="for itself alone"),
        ):
            source.described("1.0")
        with source_of(registry, credential=ADA) as source, pytest.raises(OutsideError, match="wants cred"):
            source.described("1.0")
        assert other.authorizations == [("/token", "")]


@pytest.mark.parametrize(
    "challenge",
    ['Bearer realm="file:///etc/passwd"', "Bearer", 'Bearer realm="http://["', 'Bearer realm="/token"'],
)
def test_only_a_server_is_asked_for_tokens(challenge: str) -> None:
    import httpx

    from samestack.oci.registry.authorization import Authorization
    from samestack.oci.registry.hosts import RegistryHost

    def fetch(request: httpx.Request) -> bytes:
        raise AssertionError(request.url)

    host = RegistryHost(name="registry.example.com")
    authorization = Authorization(host, lambda: ADA, fetch)
    request = httpx.Request("GET", "https://registry.example.com/v2/")
    response = httpx.Response(401, headers={"WWW-Authenticate": challenge}, request=request)
    with pytest.raises(OutsideError, match="no place that tokens"):
        authorization.meet(response, ("repository:a:pull",))
    plain = httpx.Response(
        401, headers={"WWW-Authenticate": 'Bearer realm="http://a.example.com"'}, request=request
    )
    with pytest.raises(OutsideError, match="no place that tokens"):
        authorization.meet(plain, ("repository:a:pull",))
