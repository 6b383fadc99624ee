/*
 * The router on a board: linear memory, the three imports of the core (assembly/platform.ts), and the loop that turns
 * time and bytes into calls.
 */
#include "board-config.h"
#include "board.h"
#include "memory.h"
#include "router.h"
#include "trap.h"
#include "wasm.h"

u8 linearMemory[MEMORY_BYTES] __attribute__((aligned(8)));

static struct Boot boot;

void platform_send(u32 data, u32 length) {
  boardSend(range(data, length), length);
}

u32 platform_ticks(void) {
  return boardTicks();
}

__attribute__((weak)) void boardUniqueId(u32 *id) {
  id[0] = id[1] = 0;
}

void platform_identify(u32 data) {
  static const u8 identity[] = IDENTITY;
  u8 *to = range(data, sizeof identity);
  u32 id[2];
  boardUniqueId(id);
  memcpy(to, identity, sizeof identity);
  memcpy(to + IDENTITY_BOOT_NONCE, &boot.nonce, sizeof boot.nonce);
  memcpy(to + IDENTITY_RESET_CAUSE, &boot.cause, sizeof boot.cause);
  memcpy(to + IDENTITY_UNIQUE_ID, id, sizeof id);
}

int main(void) {
  clockStart();
  uartStart();
  boot = beginBoot();
  router_start();
  u8 *input = range(router_inputBuffer(), router_inputSize());
  for (;;) {
    watchdogFeed();
    u64 due = router_poll(boardTime());
    u32 lost = boardOverruns();
    if (lost != 0) router_countOverrun(lost);
    u32 length = boardReceive(input, router_inputSize());
    if (length != 0)
      router_receive(length);
    else
      boardSleep(due);
  }
}
