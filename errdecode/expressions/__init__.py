"""What can be told of a regular expression without searching with it.

`literals` are words that all it matches must contain, a `witness` is a text that it matches, and
`quantifiers` finds one over another, which may take exponential time.
"""
