"""Kinds of things beside papers: one table each, read and checked by one schema each."""
