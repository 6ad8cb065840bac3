"""Floor 2, what follows from the entries and a date: portfolio, progress, lineage, verdicts. Pure functions."""
