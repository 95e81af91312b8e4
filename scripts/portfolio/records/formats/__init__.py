"""The formats in which a list of papers travels: BibTeX, RIS, CSL-JSON and a table.

Each module turns records into text and text into records; none touches the disk.
"""
