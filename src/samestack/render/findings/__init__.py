"""What a check found, shown."""
