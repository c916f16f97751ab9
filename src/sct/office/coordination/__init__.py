"""What joins ledger, documents and engine: the pages' and commands' questions that no single room can answer."""
