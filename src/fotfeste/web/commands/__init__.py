"""Commands of the workspace; they register through the entry-point group ``fotfeste.commands``."""
