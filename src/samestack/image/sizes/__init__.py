"""What an image weighs: by layer and by package, what in it is of no use, and what a change would move."""
