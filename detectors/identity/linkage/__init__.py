"""Which rows are one person: an unsupervised record-linkage engine for any table, by a model file.

Fellegi & Sunter 1969 with three latent classes: match, family (one household: twins, siblings) and random.
"""
