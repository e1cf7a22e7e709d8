// What glibc (2.36, Debian 12) has and Swift's Glibc module does not show, declared by hand.
// Source: the manual pages of the same names; values from the headers.
#pragma once
#include <pthread.h>
#include <spawn.h>
#include <stddef.h>
#include <sys/types.h>

int pthread_setname_np(pthread_t thread, const char *name);
int pipe2(int descriptors[2], int flags);
int pidfd_open(pid_t pid, unsigned flags);
int posix_openpt(int flags);
int grantpt(int descriptor);
int unlockpt(int descriptor);
int ptsname_r(int descriptor, char *buffer, size_t size);
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);

// POSIX_SPAWN_SETSID: only defined with _GNU_SOURCE
static const short WK_SPAWN_SETSID = 0x80;

// A mutable global in C, so Swift refuses it by name; nothing in the program changes it.
extern char **environ;
static inline char *const *wk_environment(void) { return environ; }
