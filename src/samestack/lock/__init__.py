"""From a project to its lock: the stack that was decided, and what the host must offer."""
