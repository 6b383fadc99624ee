/* The serial line on USART6: digital pins 0 (in) and 1 (out) of the board, pins 7 and 6 of port C. */
#include "board-config.h"
#include "serial.h"
#include "stm32f405.h"

#define ENABLED (USART_CR1_UE | USART_CR1_RE | USART_CR1_TE | USART_CR1_RXNEIE)

void uartStart(void) {
  RCC_AHB1ENR |= RCC_AHB1ENR_GPIOC;
  RCC_APB2ENR |= RCC_APB2ENR_USART6;
  /* Both pins to alternate function 8. */
  GPIOC_AFRL = GPIO_AFRL_AFRL6(8) | GPIO_AFRL_AFRL7(8);
  GPIOC_MODER = GPIO_MODER_MODER6(2) | GPIO_MODER_MODER7(2);
  GPIOC_PUPDR = GPIO_PUPDR_PUPDR7(1); /* a line that nobody holds is idle */
  USART6_BRR = (CLOCK_HZ / 2 + BAUD / 2) / BAUD;
  USART6_CR1 = ENABLED;
  enableInterrupt(USART6_IRQ);
}

void uartHandler(void) {
  u32 state = USART6_SR;
  /* Not otherwise: reading DR would take a byte that has come since. */
  if (state & (USART_SR_RXNE | USART_SR_ORE)) {
    u8 byte = (u8)USART6_DR;
    if (state & USART_SR_RXNE) serialPut(byte);
  }
  if (state & USART_SR_ORE) serialLose();
  while (!serialDone() && (USART6_SR & USART_SR_TXE)) USART6_DR = serialTake();
  if (serialDone()) USART6_CR1 = ENABLED;
}

/* QEMU 7.2 never asks for the next byte by itself, but takes any number at once. */
void uartKick(void) {
  USART6_CR1 = ENABLED | USART_CR1_TXEIE;
  pendInterrupt(USART6_IRQ);
}
