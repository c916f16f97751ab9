"""Statements and figures → findings, by interval arithmetic on printed digits (docs/why/rounding.md)."""

from sct.proofing.account import Account, account
from sct.proofing.checks import Check, checks
from sct.proofing.finding import Finding, Operand, Verdict
from sct.proofing.links import matches
from sct.proofing.proof import proof, proof_together
from sct.proofing.texts import Ledger

__all__ = [
    "Account",
    "Check",
    "Finding",
    "Ledger",
    "Operand",
    "Verdict",
    "account",
    "checks",
    "matches",
    "proof",
    "proof_together",
]
