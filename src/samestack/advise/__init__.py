"""Which kind of environment suits a project, and why: a decision matrix, as data."""
