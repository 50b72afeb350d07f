"""A ConfigMap of all variables that are no secrets."""

from samestack.config.rendering.kubernetes_object import ObjectName, check_keys, check_size
from samestack.config.rendering.parting import parted
from samestack.config.rendering.yaml_text import texts, yaml_text
from samestack.config.resolution import Resolution


def config_map(resolution: Resolution, name: ObjectName) -> str:
    """The object as YAML; :class:`~samestack.errors.RequestError` for what Kubernetes would refuse."""
    plain = parted(resolution).plain
    check_keys(plain)
    check_size(plain.values(), "ConfigMap")
    return yaml_text(
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": name.metadata, "data": texts(plain)}
    )
