"""Spelling and wording of everything that is read in Swedish."""

from .check import check_language

__all__ = ["check_language"]
