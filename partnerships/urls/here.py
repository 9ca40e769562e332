"""Where a partnership's pages stand."""

HERE = "partnerships/<slug:slug>/"
