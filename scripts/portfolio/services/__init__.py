"""Asking the open services that know papers, politely and within a time."""
