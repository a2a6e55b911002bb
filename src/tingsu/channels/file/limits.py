"""How much a file may hold; docs/manual/import.md names the same figures. Touches nothing."""

MOST_BYTES = 200 * 2**20  # CSV and JSONL, read as a stream; also after unpacking .gz
MOST_SHEET_BYTES = 50 * 2**20  # a workbook is read whole, so it is kept smaller
MOST_UNPACKED = 400 * 2**20
MOST_RATIO = 200  # a workbook packs about ten to one
MOST_ROWS = 1_000_000
MOST_COLUMNS = 200
MOST_CELL = 100_000  # characters
