"""Every minimal conflict, and the words for it."""
