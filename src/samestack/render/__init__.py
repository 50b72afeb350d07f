"""Values of the model become text for a terminal, a program, a reviewer or a browser."""
