"""What a git checkout is at, read from its files: git itself would run what a stranger's settings name."""
