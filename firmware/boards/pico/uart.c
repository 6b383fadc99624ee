/* The serial line on UART0, behind whose FIFOs are the queues. */
#include "board-config.h"
#include "cortex-m.h"
#include "serial.h"

/* Sixteenths of a bit, in 64ths of a clock. */
#define DIVISOR ((CLOCK_HZ * 4u + BAUD / 2) / BAUD)

#define RECEIVING (UART_IMSC_RXIM | UART_IMSC_RTIM)

/* TX and RX are on GPIO 0 and 1. */
void uartStart(void) {
  IO_BANK0_GPIO_CTRL(0) = IO_BANK0_GPIO_CTRL_FUNCSEL_UART;
  IO_BANK0_GPIO_CTRL(1) = IO_BANK0_GPIO_CTRL_FUNCSEL_UART;
  UART0_IBRD = DIVISOR >> 6;
  UART0_FBRD = DIVISOR & 63;
  UART0_LCR_H = UART_LCR_H_WLEN_8 | UART_LCR_H_FEN;
  UART0_IMSC = RECEIVING;
  UART0_CR = UART_CR_UARTEN | UART_CR_TXE | UART_CR_RXE;
  enableInterrupt(UART0_IRQ);
}

/* The interrupt asks for more when the FIFO, full before, is half empty; where nothing waits, it need not. */
static void transmit(void) {
  while (!serialDone() && !(UART0_FR & UART_FR_TXFF)) UART0_DR = serialTake();
  UART0_IMSC = serialDone() ? RECEIVING : RECEIVING | UART_IMSC_TXIM;
}

void uartHandler(void) {
  while (!(UART0_FR & UART_FR_RXFE)) {
    u32 data = UART0_DR;
    if (data & UART_DR_OE) serialLose();
    serialPut((u8)data);
  }
  transmit();
}

/* Only one may take from the queue at a time. */
void uartKick(void) {
  holdInterrupts();
  transmit();
  releaseInterrupts();
}
