"""Configuration: what may differ between environments, apart from code, typed, layered, its secrets kept."""
