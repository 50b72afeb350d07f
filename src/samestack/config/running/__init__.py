"""A command with a profile's configuration: its variables, its output without secrets, its restarts."""
