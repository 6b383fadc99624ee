/* The serial line on UART0, whose pins 24 (out) and 25 (in) lead to the interface chip, which makes a USB port of it. */
#include "board-config.h"
#include "cortex-m.h"
#include "serial.h"

#define TX_PIN 24
#define RX_PIN 25

/* A byte has been handed over, and its TXDRDY not come. */
static bool isSending;

void uartStart(void) {
  GPIO_OUTSET = 1u << TX_PIN;
  GPIO_DIRSET = 1u << TX_PIN;
  GPIO_PIN_CNF(RX_PIN) = GPIO_PIN_CNF_PULL_UP;
  UART0_PSELTXD = TX_PIN;
  UART0_PSELRXD = RX_PIN;
  UART0_BAUDRATE = (u32)(((u64)BAUD << 32) / CLOCK_HZ);
  UART0_ENABLE = UART_ENABLE_ENABLE_ENABLED;
  UART0_INTENSET = UART_INTENSET_RXDRDY | UART_INTENSET_TXDRDY | UART_INTENSET_ERROR;
  UART0_TASKS_STARTTX = 1;
  UART0_TASKS_STARTRX = 1;
  enableInterrupt(UART0_IRQ);
}

void uartHandler(void) {
  while (UART0_EVENTS_RXDRDY) {
    UART0_EVENTS_RXDRDY = 0;
    serialPut((u8)UART0_RXD);
  }
  if (UART0_EVENTS_ERROR) {
    UART0_EVENTS_ERROR = 0;
    u32 source = UART0_ERRORSRC;
    UART0_ERRORSRC = source;
    if (source & UART_ERRORSRC_OVERRUN) serialLose();
  }
  if (UART0_EVENTS_TXDRDY) {
    UART0_EVENTS_TXDRDY = 0;
    isSending = false;
  }
  if (!isSending && !serialDone()) {
    isSending = true;
    UART0_TXD = serialTake();
  }
}

/* Only the handler writes TXD. */
void uartKick(void) {
  pendInterrupt(UART0_IRQ);
}
