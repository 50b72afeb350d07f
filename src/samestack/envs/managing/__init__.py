"""The environments of this machine: noted, listed, copied, removed."""
