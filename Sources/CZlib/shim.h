// The part of zlib that Crypto uses, declared by hand so that zlib1g-dev is not needed.
// Layout and names: zlib.h 1.2 (stable since 1.0.8; inflateInit2_ checks version and size).
#pragma once

typedef struct {
  const unsigned char *next_in;
  unsigned avail_in;
  unsigned long total_in;
  unsigned char *next_out;
  unsigned avail_out;
  unsigned long total_out;
  const char *msg;
  void *state;
  void *zalloc;
  void *zfree;
  void *opaque;
  int data_type;
  unsigned long adler;
  unsigned long reserved;
} WKInflateStream;

const char *zlibVersion(void);
int inflateInit2_(WKInflateStream *, int windowBits, const char *version, int streamSize);
int inflate(WKInflateStream *, int flush);
int inflateReset(WKInflateStream *);
int inflateEnd(WKInflateStream *);
