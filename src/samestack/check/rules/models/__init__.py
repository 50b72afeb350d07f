"""Rules about model files."""
