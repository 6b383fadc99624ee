/* The queues between the interrupt handlers of a serial driver and the main loop, which boardReceive and boardSend use. */
#pragma once

#include "types.h"

/* For the receive handler: a byte that has come, and one that the device lost. */
void serialPut(u8 byte);
void serialLose(void);

/* For the transmit handler: the next byte to go; serialDone tells that there is none. */
u8 serialTake(void);
bool serialDone(void);

/* For a line that must not wait: how many bytes may come, and whether no more may go. */
u32 serialRoom(void);
bool serialFull(void);

/* For the clock, with interrupts held: no byte waits to be taken. */
bool serialQuiet(void);

/* From the driver: makes its handler run, even where the line stands still: there is more to send, or room for more to come. */
void uartKick(void);
