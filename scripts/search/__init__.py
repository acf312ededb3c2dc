"""The site's search, prepared when the site is built: what is searched, and the words that lead to it."""

from .index import PATH, data

__all__ = ["PATH", "data"]
