"""What the papers compute: a module or a folder for each, named by the paper's slug."""
