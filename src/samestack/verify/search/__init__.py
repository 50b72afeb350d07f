"""The search for the smallest constraints that mend a lock: an algorithm that is handed its world."""
