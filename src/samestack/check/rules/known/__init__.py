"""Rules that look things up in tables, since no metadata tells them."""
