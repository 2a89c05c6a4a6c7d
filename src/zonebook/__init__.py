"""Zonebook: tables about special economic zones in, a published bilingual report out."""

__version__ = "0.1.0"
