import pytest
from goals.operations import goal as ops
def test_demo(db, tmp_path):
    real = ops._committable
    def loud(goal, today, is_asked=False):
        checks = ops.checks_of(goal, today=today, is_asked=is_asked)
        bad=[c.code for c in ops.failures(checks)]
        if bad: print("BAD", goal.partnership.slug, goal.title_en, goal.state, bad, flush=True)
    ops._committable = loud
    from reports.demo.loading import load_demo
    load_demo(tmp_path)
