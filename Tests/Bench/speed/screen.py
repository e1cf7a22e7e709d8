"""What a terminal shows after the bytes that were written to it: xterm's, as far as ncurses uses it."""

import re
import unicodedata

SEQUENCE = re.compile(
    rb"\x1b\[([?>=!]?)([\d;]*)[ -/]*([@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()*+].|\x1b[ -/]*[0-~]"
    rb"|[\x00-\x1f\x7f]|[^\x00-\x1f\x7f]+")


class Screen:
    def __init__(self, columns, rows):
        self.resize(columns, rows)
        self.rest = b""

    def resize(self, columns, rows):
        self.columns, self.rows = columns, rows
        self.row = self.column = 0
        self.top, self.bottom = 0, rows - 1
        self.wraps, self.pending, self.saved, self.last = True, False, (0, 0), " "
        self.cells = [self.blank() for _ in range(rows)]

    def blank(self):
        return [" "] * self.columns

    @property
    def lines(self):
        return ["".join(row).rstrip() for row in self.cells]

    def feed(self, data):
        data, self.rest = self.rest + data, b""
        at = 0
        while at < len(data):
            found = SEQUENCE.match(data, at)
            if found is None:  # a sequence that goes on in the next piece
                self.rest = data[at:]
                return
            at = found.end()
            piece = found[0]
            if found[3]:
                self.control(found[1], found[2], chr(found[3][0]))
            elif piece[0] == 0x1b:
                self.escape(piece)
            elif piece[0] < 0x20 or piece[0] == 0x7f:
                self.format(piece[0])
            else:
                if at == len(data):  # a character may be cut
                    piece, self.rest = whole(piece)
                self.text(piece.decode("utf-8", "replace"))

    def text(self, text):
        for c in text:
            width = 0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
            if width == 0:
                continue
            if self.pending and self.wraps:
                self.column = 0
                self.newline()
            self.pending = False
            self.cells[self.row][self.column] = self.last = c
            if width == 2 and self.column + 1 < self.columns:
                self.cells[self.row][self.column + 1] = ""
            self.column += width
            if self.column >= self.columns:
                self.column, self.pending = self.columns - 1, True

    def format(self, byte):
        if byte == 13:
            self.move(self.row, 0)
        elif byte == 10:
            self.newline()
        elif byte == 8:
            self.move(self.row, self.column - 1)
        elif byte == 9:
            self.move(self.row, (self.column // 8 + 1) * 8)

    def escape(self, piece):
        kind = piece[1:2]
        if kind == b"M":
            if self.row == self.top:
                self.scroll(-1)
            else:
                self.move(self.row - 1, self.column)
        elif kind == b"D":
            self.newline()
        elif kind == b"7":
            self.saved = (self.row, self.column)
        elif kind == b"8":
            self.move(*self.saved)

    def newline(self):
        if self.row == self.bottom:
            self.scroll(1)
        else:
            self.move(self.row + 1, self.column)

    def move(self, row, column):
        self.row = min(max(row, 0), self.rows - 1)
        self.column = min(max(column, 0), self.columns - 1)
        self.pending = False

    def scroll(self, count, top=None):
        top = self.top if top is None else top
        for _ in range(min(abs(count), self.bottom - top + 1)):
            del self.cells[top if count > 0 else self.bottom]
            self.cells.insert(self.bottom if count > 0 else top, self.blank())

    def control(self, mark, words, kind):
        if mark == b"?":
            if kind in "hl" and b"7" in words.split(b";"):
                self.wraps = kind == "h"
            return
        numbers = [int(word or 0) for word in words.split(b";")]
        first = numbers[0]
        count = max(first, 1)
        row = self.cells[self.row]
        if kind in "Hf":
            self.move(count - 1, max(numbers[1] if len(numbers) > 1 else 1, 1) - 1)
        elif kind in "ABCD":
            down, right = {"A": (-1, 0), "B": (1, 0), "C": (0, 1), "D": (0, -1)}[kind]
            self.move(self.row + down * count, self.column + right * count)
        elif kind in "EF":
            self.move(self.row + (count if kind == "E" else -count), 0)
        elif kind in "G`":
            self.move(self.row, count - 1)
        elif kind == "d":
            self.move(count - 1, self.column)
        elif kind == "J":
            self.erase_rows(first)
        elif kind == "K":
            start, end = [(self.column, self.columns), (0, self.column + 1), (0, self.columns)][min(first, 2)]
            row[start:end] = [" "] * (end - start)
        elif kind == "X":
            end = min(self.column + count, self.columns)
            row[self.column:end] = [" "] * (end - self.column)
        elif kind == "P":
            del row[self.column:self.column + count]
            row += [" "] * (self.columns - len(row))
        elif kind == "@":
            row[self.column:self.column] = [" "] * count
            del row[self.columns:]
        elif kind in "LM" and self.top <= self.row <= self.bottom:
            self.scroll(count if kind == "M" else -count, top=self.row)
        elif kind in "ST":
            self.scroll(count if kind == "S" else -count)
        elif kind == "b":
            self.text(self.last * count)
        elif kind == "r":
            self.top = count - 1
            self.bottom = min(numbers[1] if len(numbers) > 1 and numbers[1] else self.rows, self.rows) - 1
            self.move(0, 0)

    def erase_rows(self, kind):
        here = self.cells[self.row]
        if kind == 0:
            here[self.column:] = [" "] * (self.columns - self.column)
        elif kind == 1:
            here[:self.column + 1] = [" "] * (self.column + 1)
        rows = range(self.row + 1, self.rows) if kind == 0 else range(self.row) if kind == 1 else range(self.rows)
        for number in rows:
            self.cells[number] = self.blank()


def whole(piece):
    """The piece without a character that is cut at its end, and that rest."""
    for back in range(1, min(4, len(piece)) + 1):
        byte = piece[-back]
        if byte >= 0xc0:
            length = 2 if byte < 0xe0 else 3 if byte < 0xf0 else 4
            return (piece[:-back], piece[-back:]) if back < length else (piece, b"")
        if byte < 0x80:
            break
    return piece, b""
