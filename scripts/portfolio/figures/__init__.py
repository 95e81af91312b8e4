"""What the portfolio computed: notebooks, their figures, and the thumbnails made from them."""
