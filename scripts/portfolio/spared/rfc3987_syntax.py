"""Instead of the package of this name, which builds a grammar for three seconds as it loads.

JupyterLab brings it. jsonschema, and nbformat with it, would load it in every process that reads a
notebook: for each page with code Quarto starts two. It checks addresses that are not in ASCII,
which nothing here asks for, and jsonschema does without it where the package is not there.
"""

raise ImportError(__doc__)
