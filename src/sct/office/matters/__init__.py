"""Matters: what was asked, of whom, until when, and what became of it."""
