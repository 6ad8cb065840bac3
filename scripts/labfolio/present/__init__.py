"""Floor 3, from facts to bytes: views, pages, feed, assets. Pure functions."""
