"""Figures → docx, html, xlsx, charts."""
