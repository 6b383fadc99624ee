/*
 * The FPGA's COUNTER runs freely at the system clock, 25 MHz: `boardTicks` is that. Microseconds are summed from its
 * differences, which holds while it is read more often than it wraps (171 s). TIMER0 is the alarm that ends a sleep.
 *
 * QEMU 7.2 has two faults that this goes around. A timer that runs from 0xFFFFFFFF stops for good when it wraps, so no timer
 * is the clock. With -icount and sleep=off, an idle CPU that an alarm has woken may be skipped on to the next alarm, so there
 * is none: TIMER0 rings once, and the watchdog, which QEMU runs from the start, is stopped.
 */
#include "board-config.h"
#include "board.h"
#include "cortex-m.h"
#include "mps2.h"

#define TICKS_PER_MICROSECOND (TICK_RATE / 1000000)

/* Longest sleep in microseconds: well below a wrap. */
#define SLEEP_LIMIT 100000000u

static u64 microseconds;
/* Ticks at which the current microsecond began. */
static u32 since;

u32 boardTicks(void) {
  return FPGAIO_COUNTER;
}

u64 boardTime(void) {
  u32 whole = (boardTicks() - since) / TICKS_PER_MICROSECOND;
  since += whole * TICKS_PER_MICROSECOND;
  microseconds += whole;
  return microseconds;
}

void clockStart(void) {
  FPGAIO_PRESCALE = 0;
  since = boardTicks();
  TIMER0->RELOAD = 0;
  WATCHDOG_LOAD = 0;
  enableInterrupt(TIMER0_IRQ);
}

/* Its only purpose is to wake the CPU. */
void alarmHandler(void) {
  TIMER0->CTRL = 0;
  TIMER0->INTCLEAR = 1;
}

static void sleepFor(u32 ticks) {
  u32 gone = boardTicks() - since;
  if (gone >= ticks) return;
  TIMER0->VALUE = ticks - gone;
  TIMER0->CTRL = TIMER_CTRL_ENABLE | TIMER_CTRL_INTERRUPT_ENABLE;
  waitForInterrupt();
  alarmHandler();
}

/* Interrupts are held from the look at the line until the CPU sleeps, so that no byte can come unnoticed in between. */
void boardSleep(u64 time) {
  holdInterrupts();
  u64 now = boardTime();
  if (time > now && uartQuiet()) {
    u64 sleep = time - now < SLEEP_LIMIT ? time - now : SLEEP_LIMIT;
    sleepFor((u32)sleep * TICKS_PER_MICROSECOND);
  }
  releaseInterrupts();
}
