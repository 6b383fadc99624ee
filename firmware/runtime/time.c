/* Microseconds, summed from the differences of boardTicks: right while it is read more often than it wraps. */
#include "board-config.h"
#include "board.h"
#include "cortex-m.h"
#include "serial.h"
#include "trap.h"

/* Longest sleep in microseconds: half a wrap. */
#define SLEEP_LIMIT (0x7fffffffu / TICKS_PER_MICROSECOND)

/* A turn of the main loop takes a few milliseconds at most. */
#define WATCHDOG_TICKS TICK_RATE

static u64 microseconds;
/* Ticks at which the current microsecond began. */
static u32 since;

/* Ticks when the main loop last came round, or the CPU woke. */
static volatile u32 fed;

u64 boardTime(void) {
  u32 whole = (boardTicks() - since) / TICKS_PER_MICROSECOND;
  since += whole * TICKS_PER_MICROSECOND;
  microseconds += whole;
  return microseconds;
}

void watchdogFeed(void) {
  holdInterrupts();
  fed = boardTicks();
  alarmSet(WATCHDOG_TICKS);
  releaseInterrupts();
}

/* Also for an alarm that ended a sleep, and for one that cannot count so far. */
void alarmRang(void) {
  u32 gone = boardTicks() - fed;
  if (gone >= WATCHDOG_TICKS) trap(CAUSE_WATCHDOG);
  alarmSet(WATCHDOG_TICKS - gone);
}

/* Interrupts are held from the look at the line until the CPU sleeps, so that no byte can come unnoticed in between. */
void boardSleep(u64 time) {
  holdInterrupts();
  u64 now = boardTime();
  if (time > now && serialQuiet()) {
    u32 ticks = (u32)(time - now < SLEEP_LIMIT ? time - now : SLEEP_LIMIT) * TICKS_PER_MICROSECOND;
    u32 gone = boardTicks() - since;
    if (gone < ticks) {
      alarmSet(ticks - gone);
      waitForInterrupt();
      fed = boardTicks();
    }
  }
  releaseInterrupts();
}
