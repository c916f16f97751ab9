"""The ledger: append-only observations with their sources, views of them, and the only ways to add to it."""
