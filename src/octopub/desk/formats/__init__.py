"""The forms in which findings are told: for people (`text`), for programs (`json_`), for GitHub's pages about a change
(`github`), for whatever reads SARIF (`sarif`). Each is a function from manuscripts that were checked to a text.
"""
