"""An image is deployed by its digest, or not at all."""

import pytest

from samestack.deploy.pinned_image import pinned_image
from samestack.errors import RequestError
from tests.deploy.deployments import DIGEST

REPOSITORY = "registry.example.com/team/agent"


@pytest.mark.parametrize(
    ("said", "repository"),
    [
        (f"{REPOSITORY}@{DIGEST}", ""),
        (f"{REPOSITORY}:1.0@{DIGEST}", ""),
        (f"registry:{REPOSITORY}@{DIGEST}", "registry.example.com/other"),
        (DIGEST, REPOSITORY),
        (DIGEST, f"{REPOSITORY}@sha256:{'1' * 64}"),
        ("", f"{REPOSITORY}@{DIGEST}"),
    ],
)
def test_what_is_pinned_has_a_digest_and_no_tag(said: str, repository: str) -> None:
    assert str(pinned_image(said, repository)) == f"{REPOSITORY}@{DIGEST}"


@pytest.mark.parametrize(
    ("said", "repository", "message"),
    [
        (f"{REPOSITORY}:1.0", "", "the tag '1.0' can name another image tomorrow"),
        (REPOSITORY, "", "has no digest"),
        ("", REPOSITORY, "has no digest"),
        ("", "", "nothing says it"),
        (DIGEST, "", "does not say in which registry"),
        ("sha256:12", REPOSITORY, "is no digest"),
        (f"agent@{DIGEST}", "", "does not begin with the host"),
    ],
)
def test_anything_else_is_refused_with_a_remedy(said: str, repository: str, message: str) -> None:
    with pytest.raises(RequestError) as caught:
        pinned_image(said, repository)
    assert message in caught.value.message
    assert caught.value.hint
