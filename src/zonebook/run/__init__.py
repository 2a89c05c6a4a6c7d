"""Runs notebooks with Papermill, each in a fresh process, side by side, and only where something changed."""
