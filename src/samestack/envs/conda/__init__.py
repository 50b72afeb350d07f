"""conda's prefixes: filled by rattler, no conda needed, with what the package index has on top by uv."""
