"""The papers' methods: a module or a folder for each, and what several share in ``_`` modules.

Notebooks and tests import them by name (``methods.tcorex``); they know nothing of the engine.
``requirements.txt`` beside this file names what they compute with.
"""
