"""Documents and workbooks → statements. One file a kind of document."""
