"""The fault of an extension that the settings name."""


class InvalidExtension(Exception):
    """An extension of the settings cannot be used; `name` is its name there."""

    def __init__(self, name: str, error: Exception) -> None:
        super().__init__(f"{name}: {error or type(error).__name__}")
        self.name = name
