"""A Python: its interpreter, its distributions, and where they are found."""
