"""Feeds: RSS, Atom and JSON Feed from the same items, with a list of them all."""
