"""Floor 3, from text to values: front matter, programme, settings, bibliography. Pure functions."""
