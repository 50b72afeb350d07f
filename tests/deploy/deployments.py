"""Deployments for the tests of what platforms are given."""

from typing import Any, Final

from samestack.deploy.deployment import Configuration, Deployment, Health, SecretReference
from samestack.deploy.scale import Autoscaling, Resources, Scale
from samestack.oci.image_name import ImageName

DIGEST: Final = f"sha256:{'0123456789abcdef' * 4}"
IMAGE: Final = ImageName(host="registry.example.com", repository="visionaryai/helpdesk", digest=DIGEST)
SECRET: Final = SecretReference(variable="DATABASE_PASSWORD", secret="helpdesk", key="DATABASE_PASSWORD")
SCALED: Final = Scale(
    resources=Resources(requests={"cpu": "500m", "memory": "1Gi"}, limits={"memory": "2Gi"}),
    autoscaling=Autoscaling(minimum=2, maximum=6),
)


def deployed(**said: Any) -> Deployment:
    """A deployment with one secret, and with what is said."""
    configuration = Configuration(
        profile="production", plain={"LOG_LEVEL": "INFO", "MAX_WORKERS": "20"}, secrets=(SECRET,)
    )
    usual: dict[str, Any] = {
        "name": "helpdesk",
        "namespace": "support",
        "image": IMAGE,
        "stack_digest": f"sha256:{'5' * 64}",
        "configuration": configuration,
        "port": 8001,
        "health": Health(path="/health"),
        "writable": ("/tmp",),
    }
    return Deployment(**{**usual, **said})


def variants() -> dict[str, Deployment]:
    """One deployment for each thing that can be asked for, by what that is."""
    command = Health(command=("python", "-c", "import helpdesk"), start=300)
    return {
        "usual": deployed(),
        "scaled": deployed(scale=SCALED),
        "command": deployed(health=command),
        "listening": deployed(health=Health()),
        "worker": deployed(port=0, health=Health(), is_closed=True),
        "files": deployed(has_secret_files=True, writable=("/tmp", "/var/cache/models")),
        "gpus": deployed(gpus=2, driver="450.80.02", scale=SCALED),
        "closed": deployed(is_closed=True),
        "bare": deployed(configuration=Configuration(), namespace="", stack_digest="", writable=()),
    }
