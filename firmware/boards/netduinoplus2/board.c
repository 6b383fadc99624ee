#include "board.h"

#include "stm32f405.h"

/* The wafer's number and the place on it; emulated boards have none. */
void boardUniqueId(u32 *id) {
  id[0] = onSilicon() ? UNIQUE_ID(0) : 0;
  id[1] = onSilicon() ? UNIQUE_ID(1) ^ UNIQUE_ID(2) : 0;
}
