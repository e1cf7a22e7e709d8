"""The bench's parts: programs in a terminal, the rows, the table."""
