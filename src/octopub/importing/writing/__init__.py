"""A draft becomes Markdown: blocks (`writer`), lines (`linewriter`), front matter (`frontwriter`)."""
