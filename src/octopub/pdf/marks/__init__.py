"""The page report: what a typesetter would mark on the pages."""
