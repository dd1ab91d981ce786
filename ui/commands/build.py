"""x"""


def build() -> None:
    """b."""
