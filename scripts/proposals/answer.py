"""The answer to whoever sent a proposal: in Swedish, with what it changes, where that shows and what happens next."""

from __future__ import annotations

from collections.abc import Iterator

from ..changes.shown import Shown, shown
from ..changes.words import harmless, markdown, spoken
from ..guide.load import DATA
from .apply import Applied, Outcome
from .proposal import ProposalError

_MOST = 12  # pages or files named one by one


def told(applied: Applied) -> str:
    """For a terminal."""
    return "\n".join(_lines(applied, Plain())) + "\n"


def comment(applied: Applied) -> str:
    """For an issue on GitHub: Markdown in which nothing that was sent is markup."""
    return "\n".join(_lines(applied, OnGitHub())) + "\n"


def refusal(error: ProposalError) -> str:
    """For an issue whose proposal could not be read."""
    problems = "\n".join(f"- {harmless(problem)}" for problem in error.problems)
    return (
        "Tack för förslaget. Det gick inte att läsa av ett program:\n\n"
        f"{problems}\n\nInget du skrev har gått förlorat: det står kvar ovanför, och redaktionen läser det ändå.\n"
    )


class Plain:
    """How an answer's parts look in a terminal."""

    def heading(self, text: str) -> str:
        return f"\n{text}"

    def text(self, text: str) -> str:
        return text

    def differing(self, before: str, after: str) -> str:
        return spoken(before, after)

    def quoted(self, label: str, text: str) -> str:
        return f"  {label}: {text}"


class OnGitHub:
    """How they look in an issue."""

    def heading(self, text: str) -> str:
        return f"\n### {harmless(text)}\n"

    def text(self, text: str) -> str:
        return harmless(text)

    def differing(self, before: str, after: str) -> str:
        return markdown(before, after)

    def quoted(self, label: str, text: str) -> str:
        return f"- **{label}:** {harmless(text)}"


def _lines(applied: Applied, form: Plain | OnGitHub) -> Iterator[str]:
    proposal = applied.proposal
    yield f"Tack för förslaget. Det har nummer {proposal.number}."
    now = applied.before.settings.version
    if proposal.edition != now:
        yield form.text(f"Det skrevs mot utgåva {proposal.edition}; guiden är nu {now}.")
    for outcome in applied.outcomes:
        yield from _outcome(outcome, form)
    if applied.problems:
        yield form.heading("Granskningen säger")
        yield from (f"- {form.text(problem.removeprefix(f'{DATA}/'))}" for problem in applied.problems)
    if applied.files and not applied.problems:
        yield form.heading("Där syns det")
        yield from _where(shown(applied.before, applied.after), form)
    yield form.heading("Vad som händer nu")
    yield _next(applied)


def _outcome(outcome: Outcome, form: Plain | OnGitHub) -> Iterator[str]:
    yield form.heading(f"{outcome.title}: {outcome.label}")
    if outcome.state == "krock":
        yield "Texten har ändrats sedan förslaget skrevs. Inget är överskrivet. De tre lydelserna:"
        yield form.quoted("Då", outcome.was or "finns inte kvar i historiken")
        yield form.quoted("Nu", outcome.before)
        yield form.quoted("Förslaget", outcome.after or "punkten tas bort")
    elif outcome.state == "fel":
        yield f"Går inte att göra: {form.text(outcome.message)}"
        if outcome.after:
            yield form.quoted("Förslaget", outcome.after)
    elif outcome.state == "idé":
        yield form.quoted("Idé till redaktionen, som skriver posten", outcome.after)
    else:
        yield form.differing(outcome.before, outcome.after)
    if outcome.change.reason:
        yield form.quoted("Skäl", outcome.change.reason)


def _where(where: Shown, form: Plain | OnGitHub) -> Iterator[str]:
    for many, one, found in (("sidor", "sida", where.pages), ("filer", "fil", where.files)):
        if found:
            more = f" och {len(found) - _MOST} till" if len(found) > _MOST else ""
            yield f"- {len(found)} {one if len(found) == 1 else many}: {form.text(', '.join(found[:_MOST]))}{more}"


def _next(applied: Applied) -> str:
    if applied.is_whole:
        return "Redaktionen läser förslaget. Säger den ja skrivs ändringen in och prövas en gång till innan den publiceras."
    if applied.files:
        return "Redaktionen läser förslaget och rättar det som står ovan, eller frågar här om något är oklart."
    return "Redaktionen läser förslaget och svarar här."
