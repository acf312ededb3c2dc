"""The site's search, prepared when the site is built: what is searched, and the words that lead to it."""

from .index import DESCRIPTION, PATH, data, description

__all__ = ["DESCRIPTION", "PATH", "data", "description"]
