"""From a file to a canonical text that never changes, with its passages and where each of them stands."""

from fotfeste.plans.documents.bounds import Bounds
from fotfeste.plans.documents.model import Document, Passage, PassageKind, Span
from fotfeste.plans.documents.reading import read

__all__ = ["Bounds", "Document", "Passage", "PassageKind", "Span", "read"]
