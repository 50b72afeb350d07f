"""What a program answered for given inputs in one environment: kept in one portable file."""
