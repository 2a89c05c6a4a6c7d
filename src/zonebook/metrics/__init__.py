"""Metrics of industrial cooperation: formulas by family, their catalogue, and rows for a share of the data."""
