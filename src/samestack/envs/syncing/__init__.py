"""An environment held against its lock: observed, planned, made so, and stamped."""
