/*
 * WebAssembly's memory and arithmetic for a 32-bit CPU: what the translated core is written in.
 *
 * Linear memory is one fixed array of MEMORY_BYTES, which may be shorter than the pages that the module declares. The core
 * aligns every access naturally, so that each is one instruction; an access that is not faults, as it would on a
 * Cortex-M0+. The check is 32 bits wide: `address + offset` may wrap, `MEMORY_BYTES - size - offset` cannot, and is a
 * constant. BOUNDS_CHECKED is 0 in an image that is built to measure what the checks cost.
 */
#pragma once

#include "board-config.h"
#include "memory.h"
#include "trap.h"
#include "types.h"

/* Where GCC knows an address, it would otherwise take it for that of single bytes. */
extern u8 linearMemory[MEMORY_BYTES] __attribute__((aligned(8)));

static inline void *at(u32 address, u32 offset, u32 size) {
  if (BOUNDS_CHECKED && (offset > MEMORY_BYTES - size || address > MEMORY_BYTES - size - offset)) trap(CAUSE_OUT_OF_BOUNDS);
  return &linearMemory[address + offset];
}

static inline void *range(u32 address, u32 length) {
  if (BOUNDS_CHECKED && (address > MEMORY_BYTES || length > MEMORY_BYTES - address)) trap(CAUSE_OUT_OF_BOUNDS);
  return &linearMemory[address];
}

/* Loads and stores of every width (firmware/build/accesses.ts). */
#include "accesses.h"

static inline void memory_fill(u32 address, u32 value, u32 length) {
  memset(range(address, length), (int)value, length);
}

static inline void memory_copy(u32 target, u32 source, u32 length) {
  memmove(range(target, length), range(source, length), length);
}

/* What the module lays into memory before it starts. */
static inline void load_data(u32 address, const u8 *segment, u32 length) {
  memcpy(range(address, length), segment, length);
}

#define UNREACHABLE trap(CAUSE_UNREACHABLE)

/* An operator that may trap is evaluated as one expression, whose value is then that of the operator alone. */
#define CHECKED(holds, cause, value) ((holds) ? (value) : (trap(cause), 0))

#define DIV_U(x, y) CHECKED((y) != 0, CAUSE_DIVIDE_BY_ZERO, (x) / (y))
#define REM_U(x, y) CHECKED((y) != 0, CAUSE_DIVIDE_BY_ZERO, (x) % (y))
#define DIV_S(u, s, least, x, y)                         \
  CHECKED((y) != 0, CAUSE_DIVIDE_BY_ZERO,                \
          CHECKED((s)(x) != (least) || (s)(y) != -1, CAUSE_OVERFLOW, (u)((s)(x) / (s)(y))))
#define REM_S(u, s, x, y) \
  CHECKED((y) != 0, CAUSE_DIVIDE_BY_ZERO, (s)(y) == -1 ? 0 : (u)((s)(x) % (s)(y)))
#define I32_DIV_S(x, y) DIV_S(u32, s32, INT32_MIN, x, y)
#define I64_DIV_S(x, y) DIV_S(u64, s64, INT64_MIN, x, y)
#define I32_REM_S(x, y) REM_S(u32, s32, x, y)
#define I64_REM_S(x, y) REM_S(u64, s64, x, y)

#define I32_ROTL(x, y) ((x) << ((y) & 31) | (x) >> (-(y) & 31))
#define I32_ROTR(x, y) ((x) >> ((y) & 31) | (x) << (-(y) & 31))
#define I64_ROTL(x, y) ((x) << ((y) & 63) | (x) >> (-(y) & 63))
#define I64_ROTR(x, y) ((x) >> ((y) & 63) | (x) << (-(y) & 63))

#define I32_CLZ(x) ((x) ? (u32)__builtin_clz(x) : 32)
#define I64_CLZ(x) ((x) ? (u64)__builtin_clzll(x) : 64)
#define I32_CTZ(x) ((x) ? (u32)__builtin_ctz(x) : 32)
#define I64_CTZ(x) ((x) ? (u64)__builtin_ctzll(x) : 64)
#define I32_POPCNT(x) ((u32)__builtin_popcount(x))
#define I64_POPCNT(x) ((u64)__builtin_popcountll(x))
