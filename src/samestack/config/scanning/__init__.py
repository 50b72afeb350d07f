"""Hard-coded secrets: where they stand in files, notebooks, images and git's history, never what they are."""
