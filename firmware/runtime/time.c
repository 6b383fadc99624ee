/* Microseconds, summed from the differences of boardTicks: right while it is read more often than it wraps. */
#include "board-config.h"
#include "board.h"
#include "cortex-m.h"
#include "serial.h"

/* Longest sleep in microseconds: half a wrap. */
#define SLEEP_LIMIT (0x7fffffffu / TICKS_PER_MICROSECOND)

static u64 microseconds;
/* Ticks at which the current microsecond began. */
static u32 since;

u64 boardTime(void) {
  u32 whole = (boardTicks() - since) / TICKS_PER_MICROSECOND;
  since += whole * TICKS_PER_MICROSECOND;
  microseconds += whole;
  return microseconds;
}

/* Interrupts are held from the look at the line until the CPU sleeps, so that no byte can come unnoticed in between. */
void boardSleep(u64 time) {
  holdInterrupts();
  u64 now = boardTime();
  if (time > now && serialQuiet()) {
    u32 ticks = (u32)(time - now < SLEEP_LIMIT ? time - now : SLEEP_LIMIT) * TICKS_PER_MICROSECOND;
    u32 gone = boardTicks() - since;
    if (gone < ticks) alarmSleep(ticks - gone);
  }
  releaseInterrupts();
}
