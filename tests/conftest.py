"""Properties are about what is read, not how fast a busy machine reads it."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
