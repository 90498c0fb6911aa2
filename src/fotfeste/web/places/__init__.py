"""Open pages about the country, its counties and its municipalities."""
