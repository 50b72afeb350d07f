"""uv as an oracle for the packages of Python indexes, with the settings that the user has made."""
