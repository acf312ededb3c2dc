"""A worksheet that two parties rate each for itself: one person's own form, a party's workbook, and the one that compares."""

from .one_answer import ONE, form_of_one, workbook_of_one
from .workbooks import TOGETHER, VARIANTS, Rated, form_of, workbook

__all__ = ["ONE", "TOGETHER", "VARIANTS", "Rated", "form_of", "form_of_one", "workbook", "workbook_of_one"]
