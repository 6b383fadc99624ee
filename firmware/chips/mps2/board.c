/* The vector table, and what the board is. */
#include "board.h"

#include "cortex-m.h"
#include "memory.h"
#include "mps2.h"

__attribute__((section(".vectors"), used)) static const Handler vectors[16 + 32] = {
    CORTEX_M_VECTORS,
    [16 + UART0_RX_IRQ] = uartReceiveHandler,
    [16 + UART0_TX_IRQ] = uartTransmitHandler,
    [16 + UART0_TX_IRQ + 1 ... 16 + TIMER0_IRQ - 1] = strayHandler,
    [16 + TIMER0_IRQ] = alarmHandler,
    [16 + TIMER0_IRQ + 1 ... 16 + 31] = strayHandler,
};

/* The board has no serial number: all of its kind give the same id. */
void boardUniqueId(u8 *id) {
  u32 words[2] = {SCC_AID, SCC_ID};
  memcpy(id, words, sizeof words);
}
