"""Times as command lines and the environment give them."""

_LONGEST = 86_400


def seconds(said: str, least: float = 0.001) -> float:
    """Return a time in seconds; raise ValueError if it is none that passes within a day."""
    try:
        number = float(said)
    except ValueError:
        number = -1
    if least <= number < _LONGEST:
        return number
    raise ValueError(f"it is no time in seconds ({said})")
