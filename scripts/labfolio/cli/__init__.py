"""Floor 5, the command line: clock, environment, printing, exit codes."""
