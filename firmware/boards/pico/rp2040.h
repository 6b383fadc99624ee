/*
 * Registers of the RP2040, named as in the RP2040 Datasheet: 2.13 "Power-On State Machine", 2.14 "Subsystem Resets", 2.15
 * "Clocks", 2.16 "Crystal Oscillator", 2.18 "PLL", 2.19 "GPIO", 2.20 "Sysinfo", 4.2 "UART", 4.6 "Timer", 4.7 "Watchdog".
 */
#pragma once

#include "cortex-m.h"
#include "types.h"

#define SYSINFO_CHIP_ID REGISTER(0x40000000)
#define SYSINFO_GITREF_RP2040 REGISTER(0x40000040)

#define CLK_REF_CTRL REGISTER(0x40008030)
#define CLK_REF_CTRL_SRC_XOSC 2u
#define CLK_REF_SELECTED REGISTER(0x40008038)
#define CLK_SYS_CTRL REGISTER(0x4000803C)
#define CLK_SYS_CTRL_SRC_REF 0u
#define CLK_SYS_CTRL_SRC_AUX 1u /* of which 0, the value at reset, is PLL_SYS */
#define CLK_SYS_SELECTED REGISTER(0x40008044)
#define CLK_PERI_CTRL REGISTER(0x40008048)
#define CLK_PERI_CTRL_ENABLE (1u << 11) /* from clk_sys */

#define RESETS_RESET REGISTER(0x4000C000)
#define RESETS_RESET_DONE REGISTER(0x4000C008)
#define RESETS_IO_BANK0 (1u << 5)
#define RESETS_PADS_BANK0 (1u << 8)
#define RESETS_PLL_SYS (1u << 12)
#define RESETS_TIMER (1u << 21)
#define RESETS_UART0 (1u << 22)

#define PSM_WDSEL REGISTER(0x40010008)
#define PSM_ALL_BUT_OSCILLATORS 0x1FFFCu

/* Function 2 of GPIO 0 and 1 is UART0's TX and RX. */
#define GPIO_CTRL(pin) REGISTER(0x40014004 + 8 * (pin))
#define GPIO_FUNCTION_UART 2u

#define XOSC_HZ 12000000u
#define XOSC_CTRL REGISTER(0x40024000)
#define XOSC_CTRL_ENABLE (0xFABu << 12 | 0xAA0u) /* 1 to 15 MHz */
#define XOSC_STATUS REGISTER(0x40024004)
#define XOSC_STATUS_STABLE (1u << 31)
#define XOSC_STARTUP REGISTER(0x4002400C)

#define PLL_SYS_CS REGISTER(0x40028000)
#define PLL_CS_LOCK (1u << 31)
#define PLL_SYS_PWR REGISTER(0x40028004)
#define PLL_PWR_PD (1u << 0)
#define PLL_PWR_POSTDIVPD (1u << 3)
#define PLL_PWR_VCOPD (1u << 5)
#define PLL_SYS_FBDIV_INT REGISTER(0x40028008)
#define PLL_SYS_PRIM REGISTER(0x4002800C)

#define UART0_DR REGISTER(0x40034000)
#define UART_DR_OE (1u << 11) /* bytes were lost behind this one */
#define UART0_FR REGISTER(0x40034018)
#define UART_FR_RXFE (1u << 4)
#define UART_FR_TXFF (1u << 5)
#define UART0_IBRD REGISTER(0x40034024)
#define UART0_FBRD REGISTER(0x40034028)
#define UART0_LCR_H REGISTER(0x4003402C)
#define UART_LCR_H_FEN (1u << 4)
#define UART_LCR_H_WLEN_8 (3u << 5)
#define UART0_CR REGISTER(0x40034030)
#define UART_CR_UARTEN (1u << 0)
#define UART_CR_TXE (1u << 8)
#define UART_CR_RXE (1u << 9)
#define UART0_IMSC REGISTER(0x40034038)
#define UART_IMSC_RXIM (1u << 4)
#define UART_IMSC_TXIM (1u << 5)
#define UART_IMSC_RTIM (1u << 6)

#define TIMER_ALARM0 REGISTER(0x40054010)
#define TIMER_TIMERAWL REGISTER(0x40054028)
#define TIMER_INTR REGISTER(0x40054034)
#define TIMER_INTE REGISTER(0x40054038)
#define TIMER_INT_ALARM0 (1u << 0)

#define WATCHDOG_CTRL REGISTER(0x40058000)
#define WATCHDOG_CTRL_TRIGGER (1u << 31)
#define WATCHDOG_SCRATCH(index) REGISTER(0x4005800C + 4 * (index))
#define WATCHDOG_TICK REGISTER(0x4005802C)
#define WATCHDOG_TICK_ENABLE (1u << 9)

/* Interrupt numbers. */
#define TIMER_0_IRQ 0
#define UART0_IRQ 20
#define INTERRUPTS 26

void uartHandler(void);
void alarmHandler(void);
