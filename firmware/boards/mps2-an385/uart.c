/* The serial line on UART0: a queue each way, filled and emptied by its interrupts. */
#include "board-config.h"
#include "board.h"
#include "cortex-m.h"
#include "mps2.h"
#include "ring.h"

static struct Ring received;
static struct Ring outgoing;
static volatile u32 overruns;

void uartStart(void) {
  UART0->BAUDDIV = CLOCK_HZ / BAUD;
  UART0->CTRL = UART_CTRL_TX_ENABLE | UART_CTRL_RX_ENABLE | UART_CTRL_TX_INTERRUPT_ENABLE |
                UART_CTRL_RX_INTERRUPT_ENABLE;
  enableInterrupt(UART0_RX_IRQ);
  enableInterrupt(UART0_TX_IRQ);
}

void uartReceiveHandler(void) {
  UART0->INTCLEAR = UART_INT_RX;
  while (UART0->STATE & UART_STATE_RX_FULL) {
    u8 byte = (u8)UART0->DATA;
    if (ringFull(&received))
      overruns++;
    else
      ringPut(&received, byte);
  }
  if (UART0->STATE & UART_STATE_RX_OVERRUN) {
    UART0->STATE = UART_STATE_RX_OVERRUN;
    overruns++;
  }
}

void uartTransmitHandler(void) {
  UART0->INTCLEAR = UART_INT_TX;
  if (!ringEmpty(&outgoing) && !(UART0->STATE & UART_STATE_TX_FULL)) UART0->DATA = ringTake(&outgoing);
}

bool uartQuiet(void) {
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
    /* Only the handler writes DATA; where the line stands still, this sets it going. */
    pendInterrupt(UART0_TX_IRQ);
  }
}
