"""The commands of `qingji`, one module a concern; each imports what it needs when it runs."""
