"""Names of people: how they are written, listed and marked."""
