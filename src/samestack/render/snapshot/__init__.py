"""One environment, shown."""
