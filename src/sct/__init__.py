"""Sổ Công Thương: the ledger of a provincial Department of Industry and Trade."""

__version__ = "0.1.0"
