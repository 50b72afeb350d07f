"""Which change between two environments makes a program answer otherwise."""
