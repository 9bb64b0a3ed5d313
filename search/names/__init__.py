"""Names across articles: which spellings are one name, as a file that a maintainer reads and edits says it.

    alias file ──read──► Aliases ──► queries, filters and facets       search.names.aliases, expand, resolving
        ▲ proposals
    names in the index ──► spellings that are alike                     search.names.fold, alike, propose

The index knows nothing of it: a merge, and its undoing, is one line of the file.
"""
