"""Workbooks as they come (bảng tính): stored, previewed, kept cell by cell, undone as a whole."""
