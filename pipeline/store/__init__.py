"""Where a workspace keeps what it knows: the warehouse, its lock, and what is published."""
