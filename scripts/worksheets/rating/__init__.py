"""A worksheet that two parties rate each for itself, as workbooks: a party's own, and the one that compares."""

from .workbooks import TOGETHER, VARIANTS, form_of, render

__all__ = ["TOGETHER", "VARIANTS", "form_of", "render"]
