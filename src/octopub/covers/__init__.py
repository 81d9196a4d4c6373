"""The cover of type: one design for the e-book and for print.

`lines` breaks words into lines and finds their size, `composing` says where they stand, `drawing` writes their
outlines. Both renderers take them from here, each for a page of its own shape.
"""
