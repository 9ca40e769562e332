"""Reading and writing the tables people bring: CSV and XLSX.

Knows nothing of the database or of what a column means. `reading.open_table` and `writing.csv_lines` / `write_xlsx`
are the two doors.
"""
