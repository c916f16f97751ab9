"""Thi đua: what units score themselves and what is verified."""
