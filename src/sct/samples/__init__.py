"""Real figures of Hà Nội that ship with the product, each with the address it was printed at (see README.md)."""

from __future__ import annotations

from pathlib import Path

FIGURES = Path(__file__).parent / "hanoi-figures.csv"
PLANS = Path(__file__).parent / "plans.yaml"
CONCLUSIONS = Path(__file__).parent / "conclusions-2025.txt"
DOCUMENTS = Path(__file__).parent / "documents"
ENTRIES = Path(__file__).parent / "hanoi-entries.csv"
