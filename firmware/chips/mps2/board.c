#include "board.h"

#include "registers.h"

/* The board has no serial number: all of its kind give the same id. */
void boardUniqueId(u32 *id) {
  id[0] = SCC_AID;
  id[1] = SCC_ID;
}
