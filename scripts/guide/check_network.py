"""Rules of what the network has said: each record that a review, a round or a move names is there, and what has moved is not."""

from __future__ import annotations

from collections.abc import Iterator

from .load import Loaded
from .problems import Problem, did_you_mean
from .shape import Path_

_Found = Iterator[tuple[str, Path_, str]]  # the file, where in it, and what is wrong


def named_by_the_network(loaded: Loaded) -> Iterator[Problem]:
    """Every name that leads nowhere, or to more than one thing."""
    for rule in (_reviews, _rounds, _moves):
        for file, path, message in rule(loaded, loaded.names):
            document = loaded.alone[file]
            yield Problem(document.file, document.line(path), message)


def _reviews(loaded: Loaded, known: set[str]) -> _Found:
    """A review is of a record that exists, and of one once."""
    seen: set[str] = set()
    for index, review in enumerate(loaded.reviews.reviews):
        path, name = ("reviews", index, "record"), review.record
        if name not in known:
            yield "reviews.yaml", path, f"record: Post: «{name}» finns inte.{did_you_mean(name, known)}"
        elif name in seen:
            yield "reviews.yaml", path, f"record: Post: «{name}» står två gånger. Lägg ihop raderna."
        seen.add(name)


def _rounds(loaded: Loaded, known: set[str]) -> _Found:
    """What is to be read is there."""
    for number, one in enumerate(loaded.round.sets if loaded.round else ()):
        for index, name in enumerate(one.records):
            if name not in known:
                path = ("sets", number, "records", index)
                yield "round.yaml", path, f"records: Poster: «{name}» finns inte.{did_you_mean(name, known)}"


def _moves(loaded: Loaded, known: set[str]) -> _Found:
    """What has moved is not where it was, and is where it is said to be."""
    for index, move in enumerate(loaded.moves.moved):
        if move.old in known:
            told = f"old: Gammalt id: «{move.old}» finns kvar. Ta bort raden eller posten."
            yield "moved.yaml", ("moved", index, "old"), told
        name = move.new.partition("#")[0] if move.new else ""
        if name and name not in known:
            told = f"new: Nytt id: «{move.new}» finns inte.{did_you_mean(name, known)}"
            yield "moved.yaml", ("moved", index, "new"), told
