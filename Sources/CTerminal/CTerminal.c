#define _GNU_SOURCE
#include "CTerminal.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>

static volatile sig_atomic_t armed;
static volatile sig_atomic_t chains;
static int terminal_descriptor, error_descriptor, noise_descriptor;
static off_t noise_start;
static struct termios settings;
static char end_bytes[512];
static size_t end_length;
static struct sigaction previous[NSIG];
static char stack_memory[65536];

static const int fatal[] = {SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS, SIGQUIT};
static const int polite[] = {SIGHUP, SIGINT, SIGTERM};

static void write_all(int descriptor, const char *bytes, size_t length) {
  while (descriptor >= 0 && length > 0) {
    ssize_t count = write(descriptor, bytes, length);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;
    bytes += count;
    length -= (size_t)count;
  }
}

// Setting a terminal from the background stops the process, unless SIGTTOU is blocked (tcsetattr(3p)).
static void put_back(void) {
  sigset_t background, before;
  sigemptyset(&background);
  sigaddset(&background, SIGTTOU);
  pthread_sigmask(SIG_BLOCK, &background, &before);
  write_all(terminal_descriptor, end_bytes, end_length);
  tcsetattr(terminal_descriptor, TCSANOW, &settings);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void terminal_guard_restore(void) {
  // Two threads may end at the same time: one of them restores.
  if (__atomic_exchange_n(&armed, 0, __ATOMIC_SEQ_CST)) put_back();
}

static void write_number(int descriptor, int number) {
  char digits[2] = {(char)('0' + number / 10), (char)('0' + number % 10)};
  write_all(descriptor, number < 10 ? digits + 1 : digits, number < 10 ? 1 : 2);
}

// The last of what was written to standard error meanwhile, without anything a terminal obeys.
static void show_noise(void) {
  char bytes[2048];
  off_t size = lseek(noise_descriptor, 0, SEEK_END);
  off_t start = size - (off_t)sizeof bytes > noise_start ? size - (off_t)sizeof bytes : noise_start;
  ssize_t count = size > start ? pread(noise_descriptor, bytes, sizeof bytes, start) : 0;
  for (ssize_t i = 0; i < count; i++)
    if (bytes[i] != '\n' && (bytes[i] < 0x20 || bytes[i] > 0x7e)) bytes[i] = '?';
  if (count > 0) write_all(error_descriptor, bytes, (size_t)count);
}

static void report(int number) {
  static const char first[] = "\nEnded by signal ", last[] = "; the terminal was put back.\n";
  write_all(error_descriptor, first, sizeof first - 1);
  write_number(error_descriptor, number);
  write_all(error_descriptor, last, sizeof last - 1);
  if (noise_descriptor >= 0) show_noise();
}

static void ended_by_signal(int number, siginfo_t *info, void *context) {
  (void)context;
  if (__atomic_exchange_n(&armed, 0, __ATOMIC_SEQ_CST)) {
    put_back();
    report(number);
  }
  struct sigaction next = {.sa_handler = SIG_DFL};
  if (chains) next = previous[number];
  sigaction(number, &next, NULL);
  // A fault happens again as soon as this returns; a signal that was sent does not.
  if (info == NULL || info->si_code <= 0 || number == SIGQUIT) raise(number);
}

static int take(int number, int only_if_default) {
  struct sigaction action = {.sa_sigaction = ended_by_signal};
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
  sigemptyset(&action.sa_mask);
  if (sigaction(number, NULL, &previous[number]) != 0) return -1;
  if (only_if_default && previous[number].sa_handler != SIG_DFL) return 0;
  return sigaction(number, &action, NULL);
}

int terminal_guard_install(void) {
  static int installed;
  if (installed) return 0;
  const char *backtrace = getenv("SWIFT_BACKTRACE");
  chains = backtrace != NULL && strstr(backtrace, "interactive=no") != NULL;
  // A stack overflow leaves no room for a handler.
  stack_t stack = {.ss_sp = stack_memory, .ss_size = sizeof stack_memory};
  if (sigaltstack(&stack, NULL) != 0) return -1;
  for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++)
    if (take(fatal[i], 0) != 0) return -1;
  for (size_t i = 0; i < sizeof polite / sizeof *polite; i++)
    if (take(polite[i], 1) != 0) return -1;
  installed = 1;
  return atexit(terminal_guard_restore);
}

int terminal_guard_arm(int terminal, const char *end, size_t length, int errors, int noise) {
  armed = 0;
  if (tcgetattr(terminal, &settings) != 0) return -1;
  end_length = length < sizeof end_bytes ? length : sizeof end_bytes;
  memcpy(end_bytes, end, end_length);
  terminal_descriptor = terminal;
  error_descriptor = errors;
  noise_descriptor = noise;
  noise_start = noise >= 0 ? lseek(noise, 0, SEEK_END) : 0;
  __atomic_store_n(&armed, 1, __ATOMIC_SEQ_CST);
  return 0;
}

int terminal_memory_file(void) { return memfd_create("screen", MFD_CLOEXEC); }
