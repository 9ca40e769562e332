"""Every statistic of Telaio, honest with few points (domain 14): pure functions of numbers, without tables or pages.

``shares``: when a percentage may be written. ``intervals``: how sure a share of a random sample is. ``run_chart``:
whether a series changed. ``matched``: the same people before and after. ``summaries``: medians, distributions,
concentration, waiting times, averages over partners. ``seasons``: the same time of last year. ``words``: the fixed
sentences, in both languages.
"""
