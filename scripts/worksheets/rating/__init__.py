"""A worksheet that two parties rate each for itself, as workbooks: a party's own, and the one that compares."""

from .workbooks import TOGETHER, VARIANTS, Rated, form_of, workbook

__all__ = ["TOGETHER", "VARIANTS", "Rated", "form_of", "workbook"]
