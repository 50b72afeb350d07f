"""What was recorded, for people and for programs."""
