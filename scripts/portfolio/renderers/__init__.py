"""How pages become HTML: Quarto where it is, else the embedded renderer."""
