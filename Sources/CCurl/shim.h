// The part of libcurl (7.88 and later 8.x: its ABI is stable) that Transfer uses, declared by hand:
// libcurl.so.4 is there wherever the Swift toolchain runs, its -dev package is not. Swift cannot call
// variadic functions, so options go through one inline function per type of value.
// Source: curl/curl.h, curl/easy.h, curl/multi.h.
#pragma once
#include <stddef.h>

typedef struct WKCurl CURL;
typedef struct WKCurlMulti CURLM;
struct curl_slist;

struct curl_waitfd {
  int fd;
  short events;
  short revents;
};

typedef struct {
  int msg;
  CURL *easy_handle;
  union {
    void *whatever;
    int result;
  } data;
} CURLMsg;

int curl_global_init(long flags);
const char *curl_version(void);
const char *curl_easy_strerror(int code);

CURL *curl_easy_init(void);
void curl_easy_cleanup(CURL *);
int curl_easy_setopt(CURL *, int option, ...);
int curl_easy_getinfo(CURL *, int info, ...);

CURLM *curl_multi_init(void);
int curl_multi_cleanup(CURLM *);
int curl_multi_setopt(CURLM *, int option, ...);
int curl_multi_add_handle(CURLM *, CURL *);
int curl_multi_remove_handle(CURLM *, CURL *);
int curl_multi_perform(CURLM *, int *running);
int curl_multi_poll(CURLM *, struct curl_waitfd *, unsigned count, int timeoutMillis, int *ready);
CURLMsg *curl_multi_info_read(CURLM *, int *left);

struct curl_slist *curl_slist_append(struct curl_slist *, const char *);
void curl_slist_free_all(struct curl_slist *);

typedef size_t (*WKCurlCallback)(char *bytes, size_t size, size_t count, void *context);

static inline int wk_set_long(CURL *curl, int option, long value) {
  return curl_easy_setopt(curl, option, value);
}
static inline int wk_set_large(CURL *curl, int option, long long value) {
  return curl_easy_setopt(curl, option, value);
}
static inline int wk_set_text(CURL *curl, int option, const char *value) {
  return curl_easy_setopt(curl, option, value);
}
static inline int wk_set_pointer(CURL *curl, int option, void *value) {
  return curl_easy_setopt(curl, option, value);
}
static inline int wk_set_list(CURL *curl, int option, struct curl_slist *value) {
  return curl_easy_setopt(curl, option, value);
}
static inline int wk_set_callback(CURL *curl, int option, WKCurlCallback value) {
  return curl_easy_setopt(curl, option, value);
}
static inline int wk_multi_set_long(CURLM *multi, int option, long value) {
  return curl_multi_setopt(multi, option, value);
}
static inline long wk_response_code(CURL *curl) {
  long code = 0;
  curl_easy_getinfo(curl, 0x200002, &code);
  return code;
}
// What a proxy answered to CONNECT; 0 when none was asked.
static inline long wk_connect_code(CURL *curl) {
  long code = 0;
  curl_easy_getinfo(curl, 0x200016, &code);
  return code;
}
