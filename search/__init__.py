"""The heart: records, archive, enrichment, query language, engines, and the commands that tend them."""
