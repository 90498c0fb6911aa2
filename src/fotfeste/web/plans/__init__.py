"""Plans in the workspace: the register, the reader, the search, and coding by people."""
