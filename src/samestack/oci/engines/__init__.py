"""Docker and podman, by their command lines."""
