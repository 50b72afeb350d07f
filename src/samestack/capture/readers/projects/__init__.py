"""A project's manifest, ``pyproject.toml``, with the tables of the tools that extend it."""
