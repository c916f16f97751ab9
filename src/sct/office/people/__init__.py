"""People: who they are, what they may see and do, and the log of what they did."""
