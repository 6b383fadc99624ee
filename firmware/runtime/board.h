/* What a board provides. Times are in microseconds since start-up. */
#pragma once

#include "types.h"

/* Bring up the clock, and what else the board needs first; then the serial line. */
void clockStart(void);
void uartStart(void);

u64 boardTime(void);

/* Free-running, TICK_RATE a second; wraps at 2^32. */
u32 boardTicks(void);

/* The one alarm: rings after so many ticks, or less where it cannot count so far; not at all for 0. Interrupts are held. */
void alarmSet(u32 ticks);

/* Handles its interrupt. */
void alarmRang(void);

/*
 * To be called whenever the main loop comes round: where it does not for WATCHDOG_TICKS, the board is reset. While the CPU is awake
 * the alarm is the watchdog's.
 */
void watchdogFeed(void);

/* Sleeps until `time`, or until a byte has come. */
void boardSleep(u64 time);

/* Takes up to `limit` bytes that have come over the serial line; gives how many. */
u32 boardReceive(u8 *bytes, u32 limit);

/* Queues bytes for the serial line; waits where the queue is full. */
void boardSend(const u8 *bytes, u32 length);

/* Bytes that came and found no room since this was last asked. */
u32 boardOverruns(void);

/* Writes two words that tell this board from others of its kind. One that has none leaves this out: they are zeros. */
void boardUniqueId(u32 *id);
