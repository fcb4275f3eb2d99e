"""How deliveries become cases: the night, its plumbing and its commands."""
