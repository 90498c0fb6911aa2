"""The search in plans: one index file for the command line and the workspace, ranking, and keyword in context."""

from __future__ import annotations

from fotfeste.plans.search.model import Answer as Answer
from fotfeste.plans.search.model import Chosen as Chosen
from fotfeste.plans.search.model import Entry as Entry
from fotfeste.plans.search.model import FoundPassage as FoundPassage
from fotfeste.plans.search.model import InContext as InContext
from fotfeste.plans.search.model import LeftOut as LeftOut
from fotfeste.plans.search.searching import search as search
from fotfeste.plans.search.store import connect as connect
from fotfeste.plans.search.store import fingerprint_of as fingerprint_of
from fotfeste.plans.search.store import held as held
from fotfeste.plans.search.store import put as put
from fotfeste.plans.search.store import remove as remove
