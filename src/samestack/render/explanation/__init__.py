"""Why requirements cannot be met, and what would do, shown."""
