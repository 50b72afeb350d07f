"""What an operating system carries: distribution, C library, packages, toolkits."""
