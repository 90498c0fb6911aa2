"""A folder of plans: the documents as they were read, whose they are, what is coded, and the search index.

The command line keeps its plans here; the workspace keeps the same values in its database.
"""

from fotfeste.plans.collection.folder import Collection, Held, Kept

__all__ = ["Collection", "Held", "Kept"]
