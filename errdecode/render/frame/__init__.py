"""The frames around faults: the source's own lines, and carets under what is in question.

`plan` groups the places of a report and asks `aim` what to mark, which asks `insertion` where what
is missing would stand. `drawing` makes the rows, of the document's `lines` or of those that
`reflow` makes by its `outline`; `members`, `elements` and `pairs` read that, each in one kind of
text (`kinds`). `cells` measures, `carets` stacks the labels.
"""

from __future__ import annotations

from errdecode.render.frame.aim import label_of, may_be_elsewhere
from errdecode.render.frame.plan import Plan
from errdecode.render.frame.shape import Frame, Look, Mark, Row

__all__ = ["Frame", "Look", "Mark", "Plan", "Row", "label_of", "may_be_elsewhere"]
