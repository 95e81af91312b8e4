"""What the portfolio says: its owner, papers and news, read from the files that people edit."""
