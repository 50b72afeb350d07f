"""Where configuration comes from: one file a kind of source, all of one interface."""
