"""Virtual environments, filled by the real Poetry from its own lock."""
