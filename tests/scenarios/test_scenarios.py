"""What the night says of each story is what the law says of it, no more and no less."""

import pytest
import stories_college
import stories_dual
import stories_identity
import stories_money
import stories_roll
from worlds import STORIES, Night, Story

TOLD_BY = (stories_college, stories_dual, stories_identity, stories_money, stories_roll)


@pytest.mark.parametrize("one", STORIES, ids=lambda one: one.name)
def test_the_night_finds_what_the_law_finds(one: Story, night: Night) -> None:
    assert night(one.world)[one.name] == one.finds


def test_no_two_stories_share_a_name() -> None:
    assert len({one.name for one in STORIES}) == len(STORIES)
