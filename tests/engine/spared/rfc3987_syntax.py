"""Instead of the package of this name, which builds a grammar for three seconds as it loads.

jsonschema, and nbformat with it, would load it in every process, to check addresses that are not
in ASCII. Nothing here asks that of it, and it does without where the package is not there.
"""

raise ImportError(__doc__)
