"""conda's locks: decided by rattler on the channels, with what the package index has on top."""
