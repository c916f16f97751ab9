"""Peers side by side, one command: `python -m bench [NAME…]`. Speed is told as ratios of one run on one machine."""
