"""The papers' methods, one module for each, which import nothing else of the package."""
