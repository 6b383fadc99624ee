#include "board.h"

#include "registers.h"

/* The RP2040 has no serial number (the flash has one, which is not read): all Picos of a stepping give the same id. */
void boardUniqueId(u32 *id) {
  id[0] = SYSINFO_CHIP_ID;
  id[1] = SYSINFO_GITREF_RP2040;
}
