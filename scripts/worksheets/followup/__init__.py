"""A workbook filled in last year followed up: what was answered then stands beside this year's questions."""

from .refusals import FollowUpError, read_file
from .this_year import FollowUp, follow_up

__all__ = ["FollowUp", "FollowUpError", "follow_up", "read_file"]
