"""A locked stack is built and imported; where it breaks, the smallest constraint that mends it is found."""
