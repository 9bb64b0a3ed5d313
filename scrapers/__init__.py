"""From pages, feeds and files to clean articles in the archive."""
