"""Rules about Python and its packages, by what their metadata says."""
