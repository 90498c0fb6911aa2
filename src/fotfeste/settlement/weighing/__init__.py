"""Weighing a recommendation together: what people choose, how they change it, and what follows at once."""
