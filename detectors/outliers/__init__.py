"""The models behind the outlier detectors: peers, and a forest for a second opinion."""
