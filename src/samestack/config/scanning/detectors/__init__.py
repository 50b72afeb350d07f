"""What tells a secret: a value that is known, a format that is public, or a name that says so."""
