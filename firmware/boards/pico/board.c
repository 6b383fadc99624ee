/* The vector table, and what the board is. */
#include "board.h"

#include "memory.h"
#include "rp2040.h"

/* VTOR takes multiples of 256. */
__attribute__((section(".vectors"), aligned(256))) const Handler vectors[16 + INTERRUPTS] = {
    CORTEX_M_VECTORS,
    [16 + TIMER_0_IRQ] = alarmHandler,
    [16 + TIMER_0_IRQ + 1 ... 16 + UART0_IRQ - 1] = strayHandler,
    [16 + UART0_IRQ] = uartHandler,
    [16 + UART0_IRQ + 1 ... 16 + INTERRUPTS - 1] = strayHandler,
};

/* The RP2040 has no serial number (the flash has one, which is not read): all Picos of a stepping give the same id. */
void boardUniqueId(u8 *id) {
  u32 words[2] = {SYSINFO_CHIP_ID, SYSINFO_GITREF_RP2040};
  memcpy(id, words, sizeof words);
}
