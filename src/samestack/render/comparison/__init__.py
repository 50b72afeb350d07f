"""Two environments held against each other, shown."""
