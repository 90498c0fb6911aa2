"""Reports: one block model, and the documents that leave the house."""
