/*
 * The FPGA's COUNTER runs freely at the system clock, 25 MHz: `boardTicks` is that. TIMER0 is the alarm.
 *
 * QEMU 7.2 has two faults that this goes around. A timer that runs from 0xFFFFFFFF stops for good when it wraps, so no timer
 * is the clock. With -icount and sleep=off, an idle CPU that an alarm has woken may be skipped on to the next alarm, so there
 * is none: TIMER0 rings once, and the device's own watchdog, which QEMU runs from the start, is stopped.
 */
#include "board.h"
#include "cortex-m.h"

u32 boardTicks(void) {
  return FPGAIO_COUNTER;
}

void clockStart(void) {
  FPGAIO_PRESCALE = 0;
  FPGAIO_COUNTER = 0;
  TIMER0_RELOAD = 0;
  WATCHDOG_LOAD = 0;
  enableInterrupt(TIMER0_IRQ);
}

void alarmSet(u32 ticks) {
  TIMER0_CTRL = 0;
  TIMER0_INTCLEAR = 1;
  TIMER0_VALUE = ticks;
  if (ticks > 0) TIMER0_CTRL = TIMER_CTRL_ENABLE | TIMER_CTRL_INTERRUPT_ENABLE;
}
