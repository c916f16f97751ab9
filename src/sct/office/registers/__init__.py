"""Sổ bộ: entries with dated events, never overwritten; what they are on a day is a view that can be built again."""
