"""What is looked for in a project, one theme a file: each yields the signals that it sees."""
