"""The layers of configuration: which source goes before which."""

from enum import IntEnum


class Rank(IntEnum):
    """A layer; what stands in a higher one shadows what stands below it. The highest is the lowest number.

    The order is the same for every project and every profile, so that nobody has to look it up.
    """

    OVERRIDE = 1
    """``--set NAME=VALUE``."""
    PROCESS = 2
    """Variables that this process was started with."""
    DIRECTORY = 3
    """Mounted secrets, a file each: ``/run/secrets``."""
    DOTENV = 4
    """``.env``."""
    SECRET_STORE = 5
    """Vault, AWS Secrets Manager, a Kubernetes Secret, an age or a SOPS file."""
    CONFIGURATION_STORE = 6
    """Consul, AWS Parameter Store, a Kubernetes ConfigMap."""
    PROFILE = 7
    """``config/production.toml``."""
    BASE = 8
    """``config/base.toml``."""
    DEFAULT = 9
    """What the schema says."""
