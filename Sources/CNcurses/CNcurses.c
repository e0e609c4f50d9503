#include "CNcurses.h"

#include <langinfo.h>
#include <locale.h>
#include <string.h>
#include <wchar.h>

void vigie_draw(int y, int x, const vigie_cell *cells, int count) {
  enum { CHUNK = 256 };
  cchar_t line[CHUNK];
  wmove(stdscr, y, x);
  while (count > 0) {
    int taken = count < CHUNK ? count : CHUNK;
    int width = 0;
    for (int i = 0; i < taken; i++) {
      const wchar_t text[2] = {(wchar_t)cells[i].scalar, 0};
      setcchar(&line[i], text, (attr_t)cells[i].attributes, (short)cells[i].pair, NULL);
      width += cells[i].scalar < 0x300 ? 1 : vigie_columns(cells[i].scalar);
    }
    // Unlike wadd_wch it neither wraps nor scrolls, so the last cell of the screen can be drawn.
    mvwadd_wchnstr(stdscr, y, x, line, taken);
    x += width;
    cells += taken;
    count -= taken;
  }
}

void vigie_background(int pair) {
  cchar_t blank;
  setcchar(&blank, L" ", A_NORMAL, (short)pair, NULL);
  wbkgrndset(stdscr, &blank);
}

bool vigie_window_size(int descriptor, int *columns, int *rows) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return false;
  *columns = size.ws_col;
  *rows = size.ws_row;
  return true;
}

int vigie_capability(const char *name, char *buffer, int size) {
  const char *text = tigetstr(name);
  if (text == NULL || text == (char *)-1) return 0;
  int length = 0;
  while (*text != 0 && length < size) {
    if (text[0] == '$' && text[1] == '<') {
      const char *end = strchr(text, '>');
      if (end != NULL) {
        text = end + 1;
        continue;
      }
    }
    buffer[length++] = *text++;
  }
  return length;
}

int vigie_columns(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

bool vigie_locale_is_utf8(void) {
  setlocale(LC_CTYPE, "");
  return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}
