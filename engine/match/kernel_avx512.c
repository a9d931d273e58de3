/* kernel_avx512.c - 64 bytes at a time; AVX-512 F and BW. */
#include <immintrin.h>

#include "kernel.h"

#define KERNEL pii__kernel_avx512
#define KERNEL_NAME "avx512"
#define LANES 64
typedef __m512i vector;
#define LOAD(p) _mm512_loadu_si512(p)
#define TABLE(p) _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)(p)))
#define LOOKUP(t, v) _mm512_shuffle_epi8(t, v)
#define LOW(v) _mm512_and_si512(v, _mm512_set1_epi8(15))
#define HIGH(v) _mm512_and_si512(_mm512_srli_epi16(v, 4), _mm512_set1_epi8(15))
#define AND(a, b) _mm512_and_si512(a, b)
#define NONZERO(v) _mm512_test_epi8_mask(v, v)
#define FILL(byte) _mm512_set1_epi8((char)(byte))
#define OR(a, b) _mm512_or_si512(a, b)
#define SOME_BIT(part) (!_mm256_testz_si256((__m256i)(part), (__m256i)(part)))

#include "kernel_nibble.inc"
