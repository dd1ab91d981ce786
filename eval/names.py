"""Names of systems in reports. Knows no system."""


def without_name(system: str, tool: str) -> str:
    """Return the name in reports of a system that runs without a tool."""
    return f"{system} without {tool}"
