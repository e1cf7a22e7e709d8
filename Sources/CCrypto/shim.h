// The part of libcrypto (OpenSSL 3) that Crypto uses, declared by hand: libcrypto.so.3 is there
// wherever the Swift toolchain runs, its -dev package is not. Source: man pages EVP_DigestInit(3ssl),
// EVP_DigestSignInit(3ssl), HMAC(3ssl), d2i_PublicKey(3ssl), d2i_PrivateKey(3ssl), RAND_bytes(3ssl),
// OpenSSL_version(3ssl).
#pragma once
#include <stddef.h>

typedef struct evp_md_st EVP_MD;
typedef struct evp_md_ctx_st EVP_MD_CTX;
typedef struct evp_pkey_st EVP_PKEY;
typedef struct evp_pkey_ctx_st EVP_PKEY_CTX;

const EVP_MD *EVP_sha256(void);
EVP_MD_CTX *EVP_MD_CTX_new(void);
void EVP_MD_CTX_free(EVP_MD_CTX *);
int EVP_DigestInit_ex(EVP_MD_CTX *, const EVP_MD *, void *engine);
int EVP_DigestUpdate(EVP_MD_CTX *, const void *, size_t);
int EVP_DigestFinal_ex(EVP_MD_CTX *, unsigned char *, unsigned *);

unsigned char *HMAC(const EVP_MD *, const void *key, int keyLength, const unsigned char *message,
                    size_t messageLength, unsigned char *out, unsigned *outLength);

// DER: SubjectPublicKeyInfo, and (type 6 = RSA) the bare PKCS#1 RSAPublicKey
EVP_PKEY *d2i_PUBKEY(EVP_PKEY **, const unsigned char **, long);
EVP_PKEY *d2i_PublicKey(int type, EVP_PKEY **, const unsigned char **, long);
// DER: unencrypted PKCS#8, or a bare private key of any type
EVP_PKEY *d2i_AutoPrivateKey(EVP_PKEY **, const unsigned char **, long);
int EVP_PKEY_get_base_id(const EVP_PKEY *);
int EVP_PKEY_get_bits(const EVP_PKEY *);
int EVP_PKEY_get_size(const EVP_PKEY *);
void EVP_PKEY_free(EVP_PKEY *);
int EVP_DigestVerifyInit(EVP_MD_CTX *, EVP_PKEY_CTX **, const EVP_MD *, void *engine, EVP_PKEY *);
int EVP_DigestVerify(EVP_MD_CTX *, const unsigned char *signature, size_t,
                     const unsigned char *message, size_t);
int EVP_DigestSignInit(EVP_MD_CTX *, EVP_PKEY_CTX **, const EVP_MD *, void *engine, EVP_PKEY *);
int EVP_DigestSign(EVP_MD_CTX *, unsigned char *signature, size_t *, const unsigned char *message,
                   size_t);

void ERR_clear_error(void);
int RAND_bytes(unsigned char *, int);
const char *OpenSSL_version(int type);
