"""What data is, and what the law says about it: contracts, code lists and policy packs as data."""
