"""Plans and what became of them, for people and for programs."""
