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

static enum Cause previous;

void trap(enum Cause cause) {
  kept.cause = cause;
  kept.check = ~(u32)cause;
  resetSystem();
}

void beginBoot(void) {
  previous = kept.check == ~kept.cause ? (enum Cause)kept.cause : CAUSE_NONE;
  kept.check = kept.cause;
  kept.nonce += 1 + (boardTicks() & 0xffff);
}

u32 bootNonce(void) {
  return kept.nonce;
}

enum Cause resetCause(void) {
  return previous;
}
