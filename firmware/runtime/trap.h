/*
 * The end of a run that went wrong. A trap never returns: its cause is kept in memory that start-up does not clear, and
 * the board is reset. The host sees the new boot nonce, and reads the cause in HELLO.
 */
#ifndef TRAP_H
#define TRAP_H

#include "types.h"

/* What ended the run before this one. 1 to 15: the core broke a rule of WebAssembly. 16 and up: the CPU stopped it. */
enum Cause {
  CAUSE_NONE = 0,
  CAUSE_OUT_OF_BOUNDS = 1,
  CAUSE_UNREACHABLE = 2,
  CAUSE_DIVIDE_BY_ZERO = 3,
  CAUSE_OVERFLOW = 4,
  CAUSE_CPU_FAULT = 16,
  CAUSE_STRAY_INTERRUPT = 17,
};

_Noreturn void trap(enum Cause cause);

/* Of the run before this one; CAUSE_NONE after power-on or a plain reset. */
enum Cause previousTrap(void);

/* A number that no boot shares with the one before it. */
u32 bootNonce(void);

/* Called once, before anything that may trap. */
void beginBoot(void);

#endif
