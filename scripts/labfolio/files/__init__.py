"""Floor 2, the disk: reading sources and the theme, writing a site whole. The core's only way to the disk."""
