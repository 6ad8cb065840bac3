"""Floor 1, the words: entries, programme, site, sources, diagnostics. Imports nothing of the house."""
