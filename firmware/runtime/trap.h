/*
 * The end of a run that went wrong. A trap never returns: its cause (ResetCause of host/protocol/words.ts) is kept in memory
 * that start-up does not clear, and the board is reset. The host sees the new boot nonce, and the cause in HELLO.
 */
#pragma once

#include "board-config.h"
#include "types.h"

_Noreturn void trap(enum Cause cause);

/* Called once a boot, as soon as there are ticks. */
void beginBoot(void);

/* A number that no boot shares with the one before it. */
u32 bootNonce(void);

/* Of the run before this one; CAUSE_NONE after power-on or a plain reset. */
enum Cause resetCause(void);
