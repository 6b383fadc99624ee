/*
 * TIMER0 runs freely at 25 MHz: `boardTicks` is its count turned upwards, and microseconds are summed from differences
 * of it, which holds while it is read more often than it wraps (171 s). TIMER1 is the alarm that ends a sleep.
 */
#include "board-config.h"
#include "board.h"
#include "cortex-m.h"
#include "mps2.h"

#define TICKS_PER_MICROSECOND (TICK_RATE / 1000000)

/* Longest sleep, in microseconds: well below a wrap. */
#define SLEEP_LIMIT 100000000u

static u64 microseconds;
/* Ticks at which `microseconds` began. */
static u32 since;

u32 boardTicks(void) {
  return ~TIMER0->VALUE;
}

u64 boardTime(void) {
  u32 whole = (boardTicks() - since) / TICKS_PER_MICROSECOND;
  since += whole * TICKS_PER_MICROSECOND;
  microseconds += whole;
  return microseconds;
}

void clockStart(void) {
  TIMER0->RELOAD = 0xFFFFFFFF;
  TIMER0->CTRL = TIMER_CTRL_ENABLE;
  since = boardTicks();
  enableInterrupt(TIMER1_IRQ);
}

/* Its only purpose is to wake the CPU. */
void alarmHandler(void) {
  TIMER1->CTRL = 0;
  TIMER1->INTCLEAR = 1;
}

/* Interrupts are held from the look at the line until the CPU sleeps, so that no byte can come unnoticed in between. */
void boardSleep(u64 time) {
  holdInterrupts();
  u64 now = boardTime();
  if (time > now && uartQuiet()) {
    u64 sleep = time - now < SLEEP_LIMIT ? time - now : SLEEP_LIMIT;
    u32 gone = boardTicks() - since;
    TIMER1->RELOAD = (u32)sleep * TICKS_PER_MICROSECOND - gone;
    TIMER1->CTRL = TIMER_CTRL_ENABLE | TIMER_CTRL_INTERRUPT_ENABLE;
    waitForInterrupt();
    alarmHandler();
  }
  releaseInterrupts();
}
