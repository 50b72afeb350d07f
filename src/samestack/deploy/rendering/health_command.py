"""What asks a program from within its container whether it works: Python does, which every image has."""

import json
from collections.abc import Sequence

from samestack.deploy.deployment import Deployment


def health_command(deployment: Deployment) -> Sequence[str]:
    """The words of the command, which fails where the program does not work; none if it cannot be asked."""
    health, port = deployment.health, deployment.port
    if health.path and port:
        address = json.dumps(f"http://127.0.0.1:{port}{health.path}")
        said = f"import urllib.request as request; request.urlopen({address}, timeout={health.timeout})"
    elif health.command:
        return health.command
    elif port:
        said = f'import socket; socket.create_connection(("127.0.0.1", {port}), {health.timeout}).close()'
    else:
        return ()
    return ("python", "-c", said)
