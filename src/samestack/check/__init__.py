"""Does it hold together? One rule a file: an environment and its host become findings."""
