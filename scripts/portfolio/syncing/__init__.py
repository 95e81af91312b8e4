"""What the world knows of these papers, laid beside the bibliography."""
