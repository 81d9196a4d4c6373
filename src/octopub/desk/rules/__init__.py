"""The copy editor's rules: what a good reader would mark in the text as it is typed.

`passage` is the text of one block, each rule a function of passages in a module of its own, `table` their list.
"""
