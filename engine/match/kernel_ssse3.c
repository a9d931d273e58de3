/* kernel_ssse3.c - 16 bytes at a time; SSSE3 is the first x86 instruction set
 * with a byte shuffle. */
#include <tmmintrin.h>

#include "kernel.h"

#define KERNEL pii__kernel_ssse3
#define KERNEL_NAME "ssse3"
#define LANES 16
typedef __m128i vector;
#define LOAD(p) _mm_loadu_si128((const __m128i *)(p))
#define TABLE(p) _mm_loadu_si128((const __m128i *)(p))
#define LOOKUP(t, v) _mm_shuffle_epi8(t, v)
#define LOW(v) _mm_and_si128(v, _mm_set1_epi8(15))
#define HIGH(v) _mm_and_si128(_mm_srli_epi16(v, 4), _mm_set1_epi8(15))
#define AND(a, b) _mm_and_si128(a, b)
#define NONZERO(v) (0xFFFFu ^ (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_setzero_si128())))
#define FILL(byte) _mm_set1_epi8((char)(byte))
#define OR(a, b) _mm_or_si128(a, b)

#include "kernel_nibble.inc"
