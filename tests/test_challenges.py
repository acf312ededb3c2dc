"""From a challenge to what to do about it."""

from __future__ import annotations

import re

from scripts.guide.guide import Guide
from scripts.guide.model import Challenge, Practice
from tests import readers


def test_a_challenge_says_when_each_of_its_practices_applies_in_its_own_order(guide: Guide) -> None:
    pages = readers.pages(guide)
    for challenge in guide.all(Challenge):
        lines = re.search(r"#arbetssatt \}\n(.*?)\n## ", pages[f"utmaningar/{challenge.id}.md"], re.DOTALL)
        assert lines
        told = re.findall(r"^- \[[^]]+\]\(\.\./arbetssatt/([\w-]+)\.md\): .*När: (.*?)</span>$", lines[1], re.MULTILINE)
        assert [practice for practice, _ in told] == [answer.practice for answer in challenge.practices]
        for practice, when in told:
            said = guide.get(Practice, practice).when
            assert re.sub(r"\W", "", when).casefold().startswith(re.sub(r"\W", "", said).casefold()[:20]), practice
