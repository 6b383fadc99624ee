/* TIMER0 counts the CPU's clock, 16 MHz: `boardTicks` is that, captured in CC[1]; CC[0] is the alarm. */
#include "board.h"
#include "cortex-m.h"

u32 boardTicks(void) {
  TIMER0_TASKS_CAPTURE(1) = 1;
  return TIMER0_CC(1);
}

void clockStart(void) {
  /* The crystal takes over from the chip's own oscillator as soon as it is steady. */
  CLOCK_TASKS_HFCLKSTART = 1;
  TIMER0_BITMODE = TIMER_BITMODE_BITMODE_32;
  TIMER0_PRESCALER = 0;
  /* Passed for good: QEMU sets an alarm for each that is still to come, interrupt or not. */
  for (u32 i = 0; i < 4; i++) TIMER0_CC(i) = 1;
  TIMER0_TASKS_START = 1;
  enableInterrupt(TIMER0_IRQ);
}

/* What is waited for to stop it. */
#define SOON 64u

/* An event that has come stays, and QEMU sets an alarm for each that is still to come, interrupt or not. */
void alarmSet(u32 ticks) {
  TIMER0_INTENCLR = TIMER_INTENCLR_COMPARE0;
  TIMER0_EVENTS_COMPARE(0) = 0;
  u32 end = boardTicks() + (ticks > 0 ? ticks : SOON);
  TIMER0_CC(0) = end;
  if (ticks == 0) {
    while (!TIMER0_EVENTS_COMPARE(0)) continue;
    return;
  }
  TIMER0_INTENSET = TIMER_INTENSET_COMPARE0;
  /* A count that has passed is not reached again for minutes. */
  if ((s32)(end - boardTicks()) <= 0) pendInterrupt(TIMER0_IRQ);
}
