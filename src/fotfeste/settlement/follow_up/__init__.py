"""What became of a recommendation: requested, decided, settled, still here, in work or education."""
