/* kernel_avx2.c - 32 bytes at a time. */
#include <immintrin.h>

#include "kernel.h"

#define KERNEL pii__kernel_avx2
#define KERNEL_NAME "avx2"
#define LANES 32
typedef __m256i vector;
#define LOAD(p) _mm256_loadu_si256((const __m256i *)(p))
#define TABLE(p) _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(p)))
#define LOOKUP(t, v) _mm256_shuffle_epi8(t, v)
#define LOW(v) _mm256_and_si256(v, _mm256_set1_epi8(15))
#define HIGH(v) _mm256_and_si256(_mm256_srli_epi16(v, 4), _mm256_set1_epi8(15))
#define AND(a, b) _mm256_and_si256(a, b)
#define NONZERO(v) ((uint32_t)~_mm256_movemask_epi8(_mm256_cmpeq_epi8(v, _mm256_setzero_si256())))
#define FILL(byte) _mm256_set1_epi8((char)(byte))
#define OR(a, b) _mm256_or_si256(a, b)
#define SOME_BIT(part) (!_mm256_testz_si256((__m256i)(part), (__m256i)(part)))

#include "kernel_nibble.inc"
