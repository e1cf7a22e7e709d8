// ncurses, wide, as Swift can use it: its macros as constants, its globals and variadic functions
// behind inline functions. Source: curses(3X), terminfo(3X) of ncurses 6.4.
#pragma once
#define NCURSES_WIDECHAR 1
#define _XOPEN_SOURCE_EXTENDED 1
#include <curses.h>
#include <wchar.h>

static const attr_t WK_A_BOLD = A_BOLD;
static const attr_t WK_A_DIM = A_DIM;
static const attr_t WK_A_UNDERLINE = A_UNDERLINE;
static const attr_t WK_A_REVERSE = A_REVERSE;

static inline WINDOW *wk_screen(void) { return stdscr; }
static inline WINDOW *wk_physical_screen(void) { return curscr; }
static inline int wk_colours(void) { return COLORS; }

// From term.h, whose macros (columns, lines, tab ...) would reach into everything after it.
int setupterm(const char *term, int descriptor, int *error);

// Only there with _XOPEN_SOURCE
int wcwidth(wchar_t character);
