/*
 * The first code of the image, and the way back to it. The boot ROM starts an image that was loaded into RAM at its lowest
 * address (datasheet 2.8, "Bootrom"), with its own vector table in use; so does second-stage.c. After a reset by the watchdog it
 * jumps where the scratch registers say (2.8.1.1, "Watchdog Boot"); RAM keeps what it holds.
 */
#include "cortex-m.h"

__attribute__((naked, section(".entry"))) void entry(void) {
  __asm__ volatile(
      "ldr r0, =vectors\n"
      "ldr r1, =0xE000ED08\n" /* VTOR */
      "str r0, [r1]\n"
      "ldmia r0!, {r1, r2}\n"
      "msr msp, r1\n"
      "bx r2\n");
}

#define WATCHDOG_BOOT 0xB007C0D3u

/* The reset that AIRCR asks for would end in the boot ROM, which knows nothing of an image in RAM. */
void resetSystem(void) {
  u32 start = (u32)entry;
  WATCHDOG_SCRATCH(4) = WATCHDOG_BOOT;
  WATCHDOG_SCRATCH(5) = start ^ -WATCHDOG_BOOT;
  WATCHDOG_SCRATCH(6) = (u32)handlerStackTop;
  WATCHDOG_SCRATCH(7) = start;
  PSM_WDSEL = PSM_WDSEL_ALL_BUT_OSCILLATORS_MASK;
  WATCHDOG_CTRL = WATCHDOG_CTRL_TRIGGER;
  for (;;) continue;
}
