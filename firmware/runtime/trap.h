/*
 * The end of a run that went wrong. A trap never returns: its cause (ResetCause of host/protocol/words.ts) is kept in memory
 * that start-up does not clear, and the board is reset. The host sees the new boot nonce, and the cause in HELLO.
 */
#pragma once

#include "board-config.h"
#include "types.h"

_Noreturn void trap(enum Cause cause);

struct Boot {
  /* No boot shares it with the one before. */
  u32 nonce;
  /* Of the reset: a Cause, CAUSE_NONE after power-on or a plain one. */
  u32 cause;
};

/* Called once a boot, as soon as there are ticks. */
struct Boot beginBoot(void);
