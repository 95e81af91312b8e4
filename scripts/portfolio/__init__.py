"""A research portfolio from BibTeX, notebooks and a list of news."""
