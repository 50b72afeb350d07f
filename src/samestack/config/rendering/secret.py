"""A Kubernetes Secret with the values of all secrets: for who asks for them in so many words."""

import base64

from samestack.config.rendering.kubernetes_object import ObjectName, check_keys, check_size
from samestack.config.rendering.parting import parted
from samestack.config.rendering.yaml_text import yaml_text
from samestack.config.resolution import Resolution


def secret(resolution: Resolution, name: ObjectName) -> str:
    """The object as YAML; :class:`~samestack.errors.RequestError` for what Kubernetes would refuse.

    Its values are Base64, which hides nothing. They stand in ``data``, since what is gone from ``stringData``
    stays in the cluster when the object is applied again.
    """
    values = {one.name: one.text for one in parted(resolution).secrets}
    check_keys(values)
    check_size(values.values(), "Secret")
    data = {key: base64.b64encode(text.encode()).decode() for key, text in sorted(values.items())}
    return yaml_text(
        {"apiVersion": "v1", "kind": "Secret", "metadata": name.metadata, "type": "Opaque", "data": data}
    )
