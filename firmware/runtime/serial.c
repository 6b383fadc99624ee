#include "serial.h"

#include "board.h"
#include "cortex-m.h"

/* A power of two that holds four of the longest frames. */
#define QUEUE_SIZE 1024u

/*
 * One side puts, the other takes: a handler and the main loop. The indices run on and wrap at 2^32; each is written by one
 * side only, so that no lock is needed.
 */
struct Queue {
  volatile u32 taken;
  volatile u32 put;
  volatile u8 bytes[QUEUE_SIZE];
};

static struct Queue received;
static struct Queue outgoing;
static volatile u32 overruns;

static bool isEmpty(const struct Queue *queue) {
  return queue->put == queue->taken;
}

static bool isFull(const struct Queue *queue) {
  return queue->put - queue->taken == QUEUE_SIZE;
}

static void put(struct Queue *queue, u8 byte) {
  queue->bytes[queue->put % QUEUE_SIZE] = byte;
  queue->put++;
}

static u8 take(struct Queue *queue) {
  u8 byte = queue->bytes[queue->taken % QUEUE_SIZE];
  queue->taken++;
  return byte;
}

void serialPut(u8 byte) {
  if (isFull(&received))
    overruns++;
  else
    put(&received, byte);
}

void serialLose(void) {
  overruns++;
}

u8 serialTake(void) {
  return take(&outgoing);
}

bool serialDone(void) {
  return isEmpty(&outgoing);
}

u32 serialRoom(void) {
  return QUEUE_SIZE - (received.put - received.taken);
}

bool serialFull(void) {
  return isFull(&outgoing);
}

bool serialQuiet(void) {
  return isEmpty(&received);
}

u32 boardOverruns(void) {
  static u32 told;
  u32 lost = overruns - told;
  told += lost;
  return lost;
}

u32 boardReceive(u8 *bytes, u32 limit) {
  u32 length = 0;
  while (length < limit && !isEmpty(&received)) bytes[length++] = take(&received);
  if (length != 0) uartKick();
  return length;
}

void boardSend(const u8 *bytes, u32 length) {
  for (u32 i = 0; i < length; i++) {
    if (isFull(&outgoing)) uartKick();
    while (isFull(&outgoing)) {
      /* That a line is slow is no hang. */
      holdInterrupts();
      alarmSet(0);
      if (isFull(&outgoing)) waitForInterrupt();
      watchdogFeed();
    }
    put(&outgoing, bytes[i]);
  }
  uartKick();
}
