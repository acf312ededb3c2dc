"""The guide on paper: the whole of it as one PDF file, and one for each phase."""
