"""labfolio: a portfolio of builds, reproductions and paper notes, made from Markdown files and result files."""

__version__ = "0.1.0"
