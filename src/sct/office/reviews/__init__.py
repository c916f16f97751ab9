"""Reviews: conferences, what they need, what they concluded."""
