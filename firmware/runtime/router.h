/* The core's exports that a board uses (assembly/index.ts), and the start of its module. */
#pragma once

#include "types.h"

void router_start(void);
u32 router_inputBuffer(void);
u32 router_inputSize(void);
void router_receive(u32 length);
void router_countOverrun(u32 bytes);
u64 router_poll(u64 now);
