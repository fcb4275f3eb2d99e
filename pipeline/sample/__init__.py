"""An invented city as deliveries, with its truth: to try the product on, and to measure it against."""

from pipeline.sample.scorecard import Scorecard, render, score
from pipeline.sample.world import World, write_world

__all__ = ["Scorecard", "World", "render", "score", "write_world"]
