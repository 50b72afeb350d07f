"""Files, words of a command line and environments as the wishes that a solver is asked to meet."""
