"""Personal data: how values are masked, encoded, and who took them out."""
