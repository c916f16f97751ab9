"""Plans: targets with their papers, versions and owners; the numbers themselves stand in the ledger."""
