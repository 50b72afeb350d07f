"""uv as the one that decides: ``uv pip compile`` into a ``pylock.toml``."""
