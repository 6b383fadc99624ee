#pragma once

#include "cortex-m.h"

/* QEMU 7.2 has no reset and clock control: all of it reads 0, even the oscillator that the chip starts from. */
static inline bool onSilicon(void) {
  return (RCC_CR & RCC_CR_HSIRDY) != 0;
}
