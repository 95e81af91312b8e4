"""Moving papers out of the portfolio and into it."""
