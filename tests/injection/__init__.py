"""Texts that try to become markup, in every field and every output."""
