"""The papers' methods: a module or a folder for each, and what several share in ``_`` modules.

They know nothing else of the package. Those that train networks need JAX, which comes with the
optional packages for figures.
"""
