"""What readers see: pages, feeds, exports and the JSON API, all answered from a snapshot of the index."""
