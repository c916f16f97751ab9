"""Figures → panels → derived panels: kernels, runners, store."""
