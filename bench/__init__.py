"""The measuring tools: ``make bench`` beside a bare floor, ``make drill`` with kills. See docs/bench.md."""
