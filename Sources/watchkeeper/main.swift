import Glibc

// Not `exit`: its handlers take libcrypto away while a thread of the watch may still be hashing.
// Nothing waits to be flushed: all output is written at once, and the terminal is closed by now.
_exit(Program.run(CommandLine.arguments))
