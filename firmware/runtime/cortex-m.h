/* The part of a board that every Cortex-M shares: its interrupts, sleep and reset. */
#pragma once

#include "registers.h"

static inline void enableInterrupt(u32 number) {
  NVIC_ISER(number / 32) = 1u << number % 32;
}

/* Makes the handler run as though its device had asked for it. */
static inline void pendInterrupt(u32 number) {
  NVIC_ISPR(number / 32) = 1u << number % 32;
}

static inline void holdInterrupts(void) {
  __asm__ volatile("cpsid i" ::: "memory");
}

static inline void releaseInterrupts(void) {
  __asm__ volatile("cpsie i" ::: "memory");
}

/* Returns at once if an interrupt is pending, even one that is held. */
static inline void waitForInterrupt(void) {
  __asm__ volatile("dsb\n wfi" ::: "memory");
}

_Noreturn void resetSystem(void);

/* Top of the stack that handlers run on (linker script). */
extern u32 handlerStackTop[];
