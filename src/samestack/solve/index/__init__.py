"""A package index read for facts: the Simple API as JSON or HTML, over HTTP or as a directory."""
