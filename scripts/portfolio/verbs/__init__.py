"""The verbs of the command line, and their options; each imports what it needs when it runs."""
