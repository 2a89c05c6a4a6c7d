"""Runs the command line: ``python -m zonebook``."""

from zonebook.cli import main

if __name__ == "__main__":
    main()
