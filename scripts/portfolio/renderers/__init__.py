"""How pages become HTML: Quarto where it is, else the embedded renderer."""


class RenderError(Exception):
    """The site cannot be rendered; says why, a line for each problem."""
