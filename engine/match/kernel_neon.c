/* kernel_neon.c - 16 bytes at a time on 64-bit ARM. */
#include <arm_neon.h>

#include "kernel.h"

/* Bit i of the result: byte i is not 0. Each byte keeps its own bit of an
 * octet, and three pairwise additions bring the octets together. */
static inline unsigned nonzero(uint8x16_t v)
{
    static const uint8_t own_bit[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    uint8x16_t bits = vandq_u8(vtstq_u8(v, v), vld1q_u8(own_bit));
    bits = vpaddq_u8(bits, bits);
    bits = vpaddq_u8(bits, bits);
    bits = vpaddq_u8(bits, bits);
    return vgetq_lane_u16(vreinterpretq_u16_u8(bits), 0);
}

#define KERNEL pii__kernel_neon
#define KERNEL_NAME "neon"
#define LANES 16
typedef uint8x16_t vector;
#define LOAD(p) vld1q_u8(p)
#define TABLE(p) vld1q_u8(p)
#define LOOKUP(t, v) vqtbl1q_u8(t, v)
#define LOW(v) vandq_u8(v, vdupq_n_u8(15))
#define HIGH(v) vshrq_n_u8(v, 4)
#define AND(a, b) vandq_u8(a, b)
#define NONZERO(v) nonzero(v)
#define FILL(byte) vdupq_n_u8(byte)
#define OR(a, b) vorrq_u8(a, b)

#include "kernel_nibble.inc"
