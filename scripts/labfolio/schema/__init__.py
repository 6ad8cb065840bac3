"""Floor 2, what is derived from the declared fields: reference tables and JSON Schema."""
