/*
 * The part of a board that every Cortex-M shares: system control, interrupt controller, start-up.
 * Registers as in the ARMv7-M Architecture Reference Manual (Arm DDI 0403), B3.2 "System Control Space".
 */
#pragma once

#include "types.h"

#define REGISTER(address) (*(volatile u32 *)(address))

#define SYST_CSR REGISTER(0xE000E010)
#define SYST_CSR_ENABLE (1u << 0)
#define SYST_CSR_TICKINT (1u << 1)
#define SYST_CSR_CLKSOURCE (1u << 2) /* the CPU's clock */
#define SYST_RVR REGISTER(0xE000E014)
#define SYST_CVR REGISTER(0xE000E018)
#define SYST_MAXIMUM 0xFFFFFFu

#define SCB_ICSR REGISTER(0xE000ED04)
#define SCB_ICSR_PENDSTCLR (1u << 25)

#define SCB_AIRCR REGISTER(0xE000ED0C)
#define SCB_AIRCR_VECTKEY (0x05FAu << 16)
#define SCB_AIRCR_SYSRESETREQ (1u << 2)

#define SCB_CCR REGISTER(0xE000ED14)
#define SCB_CCR_UNALIGN_TRP (1u << 3)

#define NVIC_ISER ((volatile u32 *)0xE000E100)
#define NVIC_ISPR ((volatile u32 *)0xE000E200)

static inline void enableInterrupt(u32 number) {
  NVIC_ISER[number / 32] = 1u << number % 32;
}

/* Makes the handler run as though its device had asked for it. */
static inline void pendInterrupt(u32 number) {
  NVIC_ISPR[number / 32] = 1u << number % 32;
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

typedef void (*Handler)(void);

void resetHandler(void);
void faultHandler(void);
void strayHandler(void);

/* Top of the stack that handlers run on (linker script). */
extern u32 handlerStackTop[];

/* The first 16 words of a vector table (DDI 0403, B1.5.3): initial stack, reset, faults. */
#define CORTEX_M_VECTORS                                                                      \
  (Handler)handlerStackTop, resetHandler, faultHandler, faultHandler, faultHandler, faultHandler, \
      faultHandler, 0, 0, 0, 0, strayHandler, strayHandler, 0, strayHandler, strayHandler
