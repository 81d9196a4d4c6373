"""Addresses on the web: which are any, and how a link writes one that is typed as people say it.

Imports markdown-it-py, which escapes addresses in a text in the same way.
"""

from __future__ import annotations

import re

from markdown_it.common.normalize_url import normalizeLink

_ADDRESS = re.compile(
    r"""
    https?:// (?:[^/?\#@]*@)?                                 # whoever logs in
    (?: [^/?\#@:%\[\].]+ (?: \.[^/?\#@:%\[\].]+ )* \.? | \[[0-9a-f:.]+\] ) (?: :(?P<port>[0-9]*) )?
    (?: [/?][^\#]* )? (?: \#[^\#]* )?
    | (?:mailto|tel): .+
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What is an address once the parser has escaped the characters that none may have (the URL standard, §4.3)."""
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(?![0-9])")
"""What an address begins with that has a scheme; a number behind the colon is a port."""


def is_address(href: str) -> bool:
    """Whether readers can open it, and EPUB allows it."""
    found = _ADDRESS.fullmatch(href)
    return found is not None and int(found["port"] or 0) < 65_536


def whole(typed: str) -> str:
    """The address that `example.org` stands for, as a link has it: with its scheme, and escaped."""
    return normalizeLink(typed if SCHEME.match(typed) else f"https://{typed}")
