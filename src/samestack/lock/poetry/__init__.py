"""The real Poetry decides ``poetry.lock``: found, called aside from the project, and its lock completed."""
