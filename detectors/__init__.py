"""What looks wrong in the data, and why: one file a suspicion, its proof beside it."""
