"""Proofing: recall and precision on generated reports with errors sown, false findings a page, and speed."""

from bench.proofing.entry import bench

__all__ = ["bench"]
