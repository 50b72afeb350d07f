"""Images in a tar file: as ``docker save`` and podman write them, and one that all of them read."""
