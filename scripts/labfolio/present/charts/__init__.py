"""Charts as drawings of the theme."""
