"""What Python's tools report of an environment."""
