#include "trap.h"

#include "board.h"
#include "cortex-m.h"

/* Survives a reset; after power-on it holds whatever the memory does. */
static struct {
  u32 nonce;
  u32 cause;
  /* ~cause where a trap wrote it. */
  u32 check;
} kept __attribute__((section(".noinit")));

void trap(enum Cause cause) {
  kept.cause = cause;
  kept.check = ~(u32)cause;
  resetSystem();
}

struct Boot beginBoot(void) {
  u32 cause = kept.check == ~kept.cause ? kept.cause : CAUSE_NONE;
  kept.check = kept.cause;
  kept.nonce += 1 + (boardTicks() & 0xffff);
  return (struct Boot){kept.nonce, cause};
}
