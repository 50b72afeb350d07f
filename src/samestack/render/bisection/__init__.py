"""What a bisection found, for people and for programs."""
