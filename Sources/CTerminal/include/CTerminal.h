// Gives the terminal back when the program ends in any way but SIGKILL. In C, because a signal
// handler may use nothing but static state and async-signal-safe calls (signal-safety(7)).
#pragma once
#include <stddef.h>

// Puts the handlers in place; once, before the first arm. Those for faults and SIGQUIT replace what
// is there; those for SIGHUP, SIGINT and SIGTERM are put only where nobody handles the signal.
// Afterwards a signal takes its default course, so no debugger prompt appears on a terminal; with
// "interactive=no" in SWIFT_BACKTRACE the runtime's backtrace is written first.
// 0, or -1 with errno.
int terminal_guard_install(void);

// From now on the program's end restores `terminal`: writes `end`, puts the present settings back.
// If a signal ends it, a line and the new part of the file `noise` go to `errors`.
// Descriptors that are -1 are left out. 0, or -1 with errno; at most 512 bytes of `end`.
int terminal_guard_arm(int terminal, const char *end, size_t length, int errors, int noise);

// Restores now, and disarms. Nothing happens when it is not armed.
void terminal_guard_restore(void);

// An unnamed file in memory, closed on exec; -1 with errno.
int terminal_memory_file(void);
