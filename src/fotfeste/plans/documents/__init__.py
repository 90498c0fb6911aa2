"""From a file to a canonical text that never changes, with its passages and where each of them stands."""
