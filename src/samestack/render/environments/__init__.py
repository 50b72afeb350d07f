"""Lists of environments, for people and for programs."""
