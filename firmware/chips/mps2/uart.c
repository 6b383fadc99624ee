/* The serial line on UART0. */
#include "board-config.h"
#include "cortex-m.h"
#include "serial.h"

void uartStart(void) {
  UART0_BAUDDIV = CLOCK_HZ / BAUD;
  UART0_CTRL = UART_CTRL_TX_ENABLE | UART_CTRL_RX_ENABLE | UART_CTRL_TX_INTERRUPT_ENABLE |
                UART_CTRL_RX_INTERRUPT_ENABLE;
  enableInterrupt(UART0_RX_IRQ);
  enableInterrupt(UART0_TX_IRQ);
}

void uartReceiveHandler(void) {
  UART0_INTCLEAR = UART_INTCLEAR_RX;
  while (UART0_STATE & UART_STATE_RX_FULL) serialPut((u8)UART0_DATA);
  if (UART0_STATE & UART_STATE_RX_OVERRUN) {
    UART0_STATE = UART_STATE_RX_OVERRUN;
    serialLose();
  }
}

void uartTransmitHandler(void) {
  UART0_INTCLEAR = UART_INTCLEAR_TX;
  if (!serialDone() && !(UART0_STATE & UART_STATE_TX_FULL)) UART0_DATA = serialTake();
}

/* Only the handler writes DATA. */
void uartKick(void) {
  pendInterrupt(UART0_TX_IRQ);
}
