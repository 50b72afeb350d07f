"""The configuration that a project's code asks for, read off the code; nothing of it is run."""
