"""Floor 2, Markdown to HTML: the flavour, the `labfolio.markdown` extension and the allow-list. Pure functions."""
