"""The command line: one file a verb. ``main.py`` alone turns errors into exit statuses."""
