"""Reviewing in rounds: who reads what, the three questions, and what the answers come to."""
