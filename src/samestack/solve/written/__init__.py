"""Where wishes stand in the texts of files: to name their lines, and to write them otherwise in place."""
