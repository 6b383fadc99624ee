/*
 * The boot ROM copies the first 256 bytes of flash to the end of RAM, checks their sum, and runs them (datasheet 2.8.1.3.1): this
 * here. It copies the image, which follows, from flash to where it is linked in RAM, and starts it. Serial reads, command
 * 03h, are what every flash chip knows (4.10.5, "SSI Execute-in-Place").
 */
#include "registers.h"

void secondStage(void) {
  SSI_SSIENR = 0;
  SSI_BAUDR = 2;
  SSI_CTRLR0 = SSI_CTRLR0_TMOD_EEPROM_READ | SSI_CTRLR0_DFS_32(32 - 1);
  SSI_CTRLR1 = 0; /* a word a time */
  SSI_SPI_CTRLR0 = SSI_SPI_CTRLR0_XIP_CMD(0x03) | SSI_SPI_CTRLR0_INST_L_8B | SSI_SPI_CTRLR0_ADDR_L(24 / 4);
  SSI_SSIENR = 1;
  for (u32 at = IMAGE_START; at < IMAGE_END; at += 4) REGISTER(at) = REGISTER(0x10000100 - IMAGE_START + at);
  ((void (*)(void))(IMAGE_START | 1))();
}
