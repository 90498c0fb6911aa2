"""Series: figures from year to year, where they break, and what can be said of their change."""
