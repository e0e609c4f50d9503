/// ncurses as Swift can call it: what is a macro or a global variable there is a function here.
#pragma once
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/ioctl.h>

/// One character to draw: its code point, attributes of `vigie_attribute`, and colour pair.
typedef struct {
  uint32_t scalar;
  uint32_t attributes;
  int32_t pair;
} vigie_cell;

static inline uint32_t vigie_bold(void) { return (uint32_t)A_BOLD; }
static inline uint32_t vigie_dim(void) { return (uint32_t)A_DIM; }
static inline uint32_t vigie_underline(void) { return (uint32_t)A_UNDERLINE; }
static inline uint32_t vigie_reverse(void) { return (uint32_t)A_REVERSE; }

/// How many colours and pairs the terminal has; 0 before `start_color`.
static inline int vigie_colors(void) { return COLORS; }
static inline int vigie_pairs(void) { return COLOR_PAIRS; }

/// Draws `count` characters from (`x`, `y`) to the right on the standard screen; a wide one takes two columns.
void vigie_draw(int y, int x, const vigie_cell *cells, int count);

/// Lets blank parts of the screen have this colour pair, so that ncurses can clear to the end of a line.
void vigie_background(int pair);

static inline void vigie_move(int y, int x) { wmove(stdscr, y, x); }

/// The next flush writes everything anew, trusting nothing of what the terminal shows.
static inline void vigie_distrust(void) {
  clearok(curscr, TRUE);
  touchwin(stdscr);
}

static inline void vigie_erase(void) { werase(stdscr); }

/// Writes what changed to the terminal.
static inline void vigie_flush(void) {
  wnoutrefresh(stdscr);
  doupdate();
}

/// The window's size as the kernel knows it; `false` where it doesn't.
bool vigie_window_size(int descriptor, int *columns, int *rows);

/// A terminfo string without its padding, cut at `size`, or 0 where the terminal has none.
int vigie_capability(const char *name, char *buffer, int size);

/// Columns that the C library, and so ncurses, gives a character.
int vigie_columns(uint32_t scalar);

/// Takes the locale from the environment; `true` where its encoding is UTF-8.
bool vigie_locale_is_utf8(void);
