"""What Python's tools decided: pylock, uv, Poetry, Pipenv."""
