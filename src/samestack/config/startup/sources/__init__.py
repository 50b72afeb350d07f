"""The sources that a program reads itself."""
