"""Statements and figures → findings; rounding arithmetic in fractions."""
