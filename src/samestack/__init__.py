"""samestack: same stack everywhere, only configuration changes."""

__version__ = "0.1.0"
