"""A command run in an environment."""
