"""LaTeX as text and as HTML: commands, formulas, and the journals that have a command."""
