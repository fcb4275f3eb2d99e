"""An invented city as deliveries, with its truth: to try the product on, and to measure it against."""

from pipeline.sample.card_table import render
from pipeline.sample.lay import lay_night
from pipeline.sample.scorecard import Scorecard, score
from pipeline.sample.world import World, write_world

__all__ = ["Scorecard", "World", "lay_night", "render", "score", "write_world"]
