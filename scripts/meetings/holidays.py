"""The weekdays when people in Sweden are not at work: the days of the lag (1989:253) om allmänna helgdagar, and the eves that
the semesterlag (1977:480), 7 §, counts as Sundays. Easter is python-dateutil's."""

from __future__ import annotations

import datetime

from dateutil.easter import easter

# Month and day of those that have a date: New Year, Epiphany, May Day, the National Day, Christmas with its eve, New Year's Eve.
DATED = frozenset({(1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)})
FROM_EASTER = (-2, 1, 39)  # days from Easter Sunday: Good Friday, Easter Monday, Ascension Day
YEARS = range(2000, 2126)  # those that a contract on the page can have


def is_holiday(date: datetime.date) -> bool:
    """A day off that is not a Saturday or a Sunday."""
    if (date.month, date.day) in DATED:
        return True
    midsummer_eve = date.month == 6 and 19 <= date.day <= 25 and date.weekday() == 4
    return midsummer_eve or (date - easter(date.year)).days in FROM_EASTER


def data() -> dict[str, object]:
    """What the page's own calculation needs: the same days, and Easter Sunday as days from 21 March, for each of ``YEARS``."""
    return {
        "dated": [f"{month:02}-{day:02}" for month, day in sorted(DATED)],
        "fromEaster": FROM_EASTER,
        "firstYear": YEARS.start,
        "easters": [(easter(year) - datetime.date(year, 3, 21)).days for year in YEARS],
    }
