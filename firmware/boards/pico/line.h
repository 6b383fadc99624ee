/* The lines of the console, UART0 and USB, behind one pair of queues: what is sent goes where a byte came from last. */
#pragma once

/* Sends what waits, as far as the line takes it now. */
typedef void Transmit(void);

extern Transmit *chosenLine;

/* For a receive handler: its line is the one to send on. What waits for the other one is dropped. */
void chooseLine(Transmit *line);

void usbStart(void);

/* Takes what a USB host has sent, if there is room for it now. */
void usbReceive(void);
