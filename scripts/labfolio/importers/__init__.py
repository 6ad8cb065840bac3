"""Floor 3, from other programs' files to entries: pure functions from what was read to what would be written."""
