"""Meetings: what the parties need to hold them, and when they are held."""
