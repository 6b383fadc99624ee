/*
 * Start-up and faults. The main loop runs on a stack of its own at the very bottom of RAM: one that overflows leaves RAM
 * and faults, and the handler, which has another stack, can still say so.
 */
#include "cortex-m.h"

#include "memory.h"
#include "trap.h"

/* Bounds of the sections, from the linker script. */
extern u8 dataStart[], dataEnd[], bssStart[], bssEnd[];
extern const u8 dataImage[];

int main(void);

__attribute__((used)) static _Noreturn void start(void) {
  memcpy(dataStart, dataImage, (u32)(dataEnd - dataStart));
  memset(bssStart, 0, (u32)(bssEnd - bssStart));
  /* Every CPU refuses an unaligned access then, not only those that must. */
  SCB_CCR |= SCB_CCR_UNALIGN_TRP;
  main();
  trap(CAUSE_UNREACHABLE);
}

__attribute__((naked)) void resetHandler(void) {
  __asm__ volatile(
      "ldr r0, =mainStackTop\n"
      "msr psp, r0\n"
      "movs r0, #2\n" /* CONTROL.SPSEL: thread mode uses the process stack */
      "msr control, r0\n"
      "isb\n"
      "ldr r0, =start\n"
      "bx r0\n");
}

void faultHandler(void) {
  trap(CAUSE_CPU_FAULT);
}

void strayHandler(void) {
  trap(CAUSE_STRAY_INTERRUPT);
}

/* A board on which this would not start the image again has its own. */
__attribute__((weak)) void resetSystem(void) {
  __asm__ volatile("dsb" ::: "memory");
  SCB_AIRCR = SCB_AIRCR_VECTKEY(0x05FA) | SCB_AIRCR_SYSRESETREQ;
  for (;;) continue;
}
