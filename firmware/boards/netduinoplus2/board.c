/* The vector table, and what the board is. */
#include "board.h"

#include "memory.h"
#include "stm32f405.h"

__attribute__((section(".vectors"), used)) static const Handler vectors[16 + 82] = {
    CORTEX_M_VECTORS,
    [16 ... 16 + USART6_IRQ - 1] = strayHandler,
    [16 + USART6_IRQ] = uartHandler,
    [16 + USART6_IRQ + 1 ... 16 + 81] = strayHandler,
};

/* The wafer's number and the place on it; emulated boards have none. */
void boardUniqueId(u8 *id) {
  u32 words[2] = {0, 0};
  if (onSilicon()) {
    words[0] = UNIQUE_ID[0];
    words[1] = UNIQUE_ID[1] ^ UNIQUE_ID[2];
  }
  memcpy(id, words, sizeof words);
}
