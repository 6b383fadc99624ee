/* The console on UART0, behind whose FIFOs are the queues, and the choice between it and USB. */
#include "board-config.h"
#include "cortex-m.h"
#include "line.h"
#include "serial.h"

/* Sixteenths of a bit, in 64ths of a clock. */
#define DIVISOR ((CLOCK_HZ * 4u + BAUD / 2) / BAUD)

#define RECEIVING (UART_IMSC_RXIM | UART_IMSC_RTIM)

/* TX and RX are on GPIO 0 and 1. An input that leads nowhere must rest high, or it would choose this line by noise. */
void uartStart(void) {
  IO_BANK0_GPIO_CTRL(0) = IO_BANK0_GPIO_CTRL_FUNCSEL_UART;
  IO_BANK0_GPIO_CTRL(1) = IO_BANK0_GPIO_CTRL_FUNCSEL_UART;
  PADS_BANK0_GPIO(1) = PADS_BANK0_GPIO_IE | PADS_BANK0_GPIO_PUE | PADS_BANK0_GPIO_SCHMITT;
  UART0_IBRD = DIVISOR >> 6;
  UART0_FBRD = DIVISOR & 63;
  UART0_LCR_H = UART_LCR_H_WLEN_8 | UART_LCR_H_FEN;
  UART0_IMSC = RECEIVING;
  UART0_CR = UART_CR_UARTEN | UART_CR_TXE | UART_CR_RXE;
  enableInterrupt(UART0_IRQ);
  usbStart();
}

/* The interrupt asks for more when the FIFO, full before, is half empty; where nothing waits, it need not. */
static void transmit(void) {
  while (!serialDone() && !(UART0_FR & UART_FR_TXFF)) UART0_DR = serialTake();
  UART0_IMSC = serialDone() ? RECEIVING : RECEIVING | UART_IMSC_TXIM;
}

Transmit *chosenLine = transmit;

void chooseLine(Transmit *line) {
  if (chosenLine == line) return;
  while (!serialDone()) serialTake();
  chosenLine(); /* finds nothing, and asks for no more interrupts */
  chosenLine = line;
}

void uartHandler(void) {
  while (!(UART0_FR & UART_FR_RXFE)) {
    chooseLine(transmit);
    u32 data = UART0_DR;
    if (data & UART_DR_OE) serialLose();
    serialPut((u8)data);
  }
  chosenLine();
}

/* Only one may take from the queue at a time. */
void uartKick(void) {
  holdInterrupts();
  usbReceive();
  chosenLine();
  releaseInterrupts();
}
