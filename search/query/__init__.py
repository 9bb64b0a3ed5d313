"""From a reader's text to a query tree (`parse`), and from a tree to words (`explain`)."""
