"""The practices as cards, to be printed four on a sheet."""
