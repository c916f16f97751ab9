"""Quy trình: files that walk through the steps of declared procedures (ISO 9001)."""
