"""What a lock decides, for people and for programs."""
