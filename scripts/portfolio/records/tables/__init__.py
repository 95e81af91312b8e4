"""Tables beside the .bib, or in its stead: their cells, and the entries that they make."""
