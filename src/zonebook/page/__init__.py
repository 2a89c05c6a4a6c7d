"""What a page's notebook calls: open a page, and make its figures, tables and sentences."""
