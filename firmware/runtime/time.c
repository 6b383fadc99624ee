/* Microseconds, summed from the differences of boardTicks: right while it is read more often than it wraps. */

#include "board-config.h"
#include "board.h"
#include "cortex-m.h"
#include "serial.h"

#define TICKS_PER_MICROSECOND (TICK_RATE / 1000000)

/* Longest sleep in microseconds: half a wrap. */
#define SLEEP_LIMIT (0x7fffffffu / TICKS_PER_MICROSECOND)

_Static_assert(TICK_RATE % 1000000 == 0, "a microsecond is not a whole number of ticks");

static u64 microseconds;
/* Ticks at which the current microsecond began. */
static u32 since;

u64 boardTime(void) {
  u32 whole = (boardTicks() - since) / TICKS_PER_MICROSECOND;
  since += whole * TICKS_PER_MICROSECOND;
  microseconds += whole;
  return microseconds;
}

static void sleepFor(u32 ticks) {
  u32 gone = boardTicks() - since;
  if (gone < ticks) alarmSleep(ticks - gone);
}

/* Interrupts are held from the look at the line until the CPU sleeps, so that no byte can come unnoticed in between. */
void boardSleep(u64 time) {
  holdInterrupts();
  u64 now = boardTime();
  if (time > now && serialQuiet()) {
    u64 sleep = time - now < SLEEP_LIMIT ? time - now : SLEEP_LIMIT;
    sleepFor((u32)sleep * TICKS_PER_MICROSECOND);
  }
  releaseInterrupts();
}
