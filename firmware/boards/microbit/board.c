#include "board.h"

#include "registers.h"

/* Nordic gives each chip a random number. */
void boardUniqueId(u32 *id) {
  id[0] = FICR_DEVICEID(0);
  id[1] = FICR_DEVICEID(1);
}
