"""The whole story on this machine: Sarah's environment and yours, one code, two answers, and why."""
