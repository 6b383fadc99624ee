/* Registers of the STM32F405, named and described as in its reference manual (ST RM0090), and the drivers that share them. */
#pragma once

#include "cortex-m.h"

/* Reset and clock control (7.3). */
#define RCC_CR REGISTER(0x40023800)
#define RCC_CR_HSIRDY (1u << 1)
#define RCC_CR_HSEON (1u << 16)
#define RCC_CR_HSERDY (1u << 17)
#define RCC_CR_PLLON (1u << 24)
#define RCC_CR_PLLRDY (1u << 25)
#define RCC_PLLCFGR REGISTER(0x40023804)
#define RCC_CFGR REGISTER(0x40023808)
#define RCC_CFGR_SWS (3u << 2)
#define RCC_AHB1ENR REGISTER(0x40023830)
#define RCC_AHB1ENR_GPIOC (1u << 2)
#define RCC_APB1ENR REGISTER(0x40023840)
#define RCC_APB1ENR_TIM2 (1u << 0)
#define RCC_APB2ENR REGISTER(0x40023844)
#define RCC_APB2ENR_USART6 (1u << 5)

/* Flash interface (3.9). */
#define FLASH_ACR REGISTER(0x40023C00)

/* Port C (8.4). */
#define GPIOC_MODER REGISTER(0x40020800)
#define GPIOC_PUPDR REGISTER(0x4002080C)
#define GPIOC_AFRL REGISTER(0x40020820)

/* Timer 2 counts 32 bits (18.4). */
#define TIM2_CR1 REGISTER(0x40000000)
#define TIM2_EGR REGISTER(0x40000014)
#define TIM2_CNT REGISTER(0x40000024)
#define TIM2_PSC REGISTER(0x40000028)

/* USART 6 (30.6). */
#define USART6_SR REGISTER(0x40011400)
#define USART_SR_ORE (1u << 3) /* cleared by reading SR, then DR */
#define USART_SR_RXNE (1u << 5)
#define USART_SR_TXE (1u << 7)
#define USART6_DR REGISTER(0x40011404)
#define USART6_BRR REGISTER(0x40011408)
#define USART6_CR1 REGISTER(0x4001140C)
#define USART_CR1_RE (1u << 2)
#define USART_CR1_TE (1u << 3)
#define USART_CR1_RXNEIE (1u << 5)
#define USART_CR1_TXEIE (1u << 7)
#define USART_CR1_UE (1u << 13)

/* Unique device id, 96 bits (39.1). */
#define UNIQUE_ID ((const volatile u32 *)0x1FFF7A10)

#define USART6_IRQ 71

/* QEMU 7.2 has no reset and clock control: all of it reads 0, even the oscillator that the chip starts from. */
static inline bool onSilicon(void) {
  return (RCC_CR & RCC_CR_HSIRDY) != 0;
}

void uartHandler(void);
