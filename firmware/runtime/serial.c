#include "serial.h"

#include "board.h"
#include "cortex-m.h"
#include "ring.h"

static struct Ring received;
static struct Ring outgoing;
static volatile u32 overruns;

void serialPut(u8 byte) {
  if (ringFull(&received))
    overruns++;
  else
    ringPut(&received, byte);
}

void serialLose(void) {
  overruns++;
}

u8 serialTake(void) {
  return ringTake(&outgoing);
}

bool serialDone(void) {
  return ringEmpty(&outgoing);
}

bool serialQuiet(void) {
  return ringEmpty(&received);
}

u32 boardOverruns(void) {
  static u32 told;
  u32 lost = overruns - told;
  told += lost;
  return lost;
}

u32 boardReceive(u8 *bytes, u32 limit) {
  u32 length = 0;
  while (length < limit && !ringEmpty(&received)) bytes[length++] = ringTake(&received);
  return length;
}

void boardSend(const u8 *bytes, u32 length) {
  for (u32 i = 0; i < length; i++) {
    while (ringFull(&outgoing)) waitForInterrupt();
    ringPut(&outgoing, bytes[i]);
    uartKick();
  }
}
