"""Virtual environments, filled by uv from any lock of Python packages."""
