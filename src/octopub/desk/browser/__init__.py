"""The page in the browser, for `preview` and `desk`: a server on this machine, and what it shows."""
