"""conda's side of solving: rattler as the oracle, channels for metadata, hosts as virtual packages."""
