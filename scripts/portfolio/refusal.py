"""What is raised where something that was asked for cannot be done."""

from portfolio.texts import clean


class Refusal(Exception):  # noqa: N818  it is the outcome of a request, and reads as one
    """What was asked for is not done, and nothing was changed; the message is one line."""

    def __init__(self, about: object, what: str, remedy: str) -> None:
        super().__init__(" ".join(clean(f"{about}: {what}: {remedy}").split()))
