"""BibTeX as it is found: entries, commands, and what is damaged or commented out."""
