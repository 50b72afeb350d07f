import pytest

from samestack.oci.image_name import ImageName
from samestack.oci.registry.hosts import RegistryHost, repository_in


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("registry.example.com", "https://registry.example.com"),
        ("registry.example.com:5000", "https://registry.example.com:5000"),
        ("localhost:5000", "http://localhost:5000"),
        ("127.0.0.1:5000", "http://127.0.0.1:5000"),
        ("[::1]:5000", "http://[::1]:5000"),
        ("localhost.example.com", "https://localhost.example.com"),
        ("127.0.0.1.example.com:80", "https://127.0.0.1.example.com:80"),
    ],
)
def test_only_with_this_machine_is_anything_said_in_the_clear(host: str, address: str) -> None:
    assert RegistryHost(name=host).address == address


def test_unless_it_is_asked_for() -> None:
    assert (
        RegistryHost(name="registry.example.com", is_insecure=True).address == "http://registry.example.com"
    )


def test_a_registry_keeps_the_names_that_it_was_given() -> None:
    assert repository_in(ImageName.parse("registry.example.com/debian:12")) == "debian"
    assert RegistryHost(name="registry.example.com").credential_keys == ("registry.example.com",)


def test_the_registry_of_docker_has_other_names_than_people_write() -> None:
    host = RegistryHost(name="docker.io")
    assert host.address.startswith("https://registry-1.")
    assert len(host.credential_keys) == 3
    assert repository_in(ImageName.parse("docker.io/debian:12")) == "library/debian"
    assert repository_in(ImageName.parse("docker.io/team/debian:12")) == "team/debian"
