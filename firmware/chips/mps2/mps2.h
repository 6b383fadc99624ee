/*
 * Registers that the Cortex-M FPGA images of the Arm MPS2 have in common, named as in
 *   Application Notes AN385 and AN500 (Arm DAI 0385, DAI 0500), "Programmers model": interrupts, FPGA I/O, SCC;
 *   Cortex-M System Design Kit TRM (Arm DDI 0479), sections 4.2 "APB timer", 4.3 "APB UART", 4.5 "APB watchdog".
 */
#pragma once

#include "types.h"

/* APB timer: counts VALUE down at the system clock; at 0 it goes on from RELOAD, or stands still where that is 0. */
struct Timer {
  volatile u32 CTRL;
  volatile u32 VALUE;
  volatile u32 RELOAD;
  volatile u32 INTCLEAR;
};

#define TIMER_CTRL_ENABLE (1u << 0)
#define TIMER_CTRL_INTERRUPT_ENABLE (1u << 3)

#define TIMER0 ((struct Timer *)0x40000000)

/* APB watchdog: its count; it neither interrupts nor resets unless told to. */
#define WATCHDOG_LOAD (*(volatile u32 *)0x40008000)

/* APB UART: one byte of buffer each way. */
struct Uart {
  volatile u32 DATA;
  volatile u32 STATE;
  volatile u32 CTRL;
  volatile u32 INTCLEAR;
  volatile u32 BAUDDIV;
};

#define UART_STATE_TX_FULL (1u << 0)
#define UART_STATE_RX_FULL (1u << 1)
#define UART_STATE_RX_OVERRUN (1u << 3) /* write 1 to clear */

#define UART_CTRL_TX_ENABLE (1u << 0)
#define UART_CTRL_RX_ENABLE (1u << 1)
#define UART_CTRL_TX_INTERRUPT_ENABLE (1u << 2)
#define UART_CTRL_RX_INTERRUPT_ENABLE (1u << 3)

#define UART_INT_TX (1u << 0)
#define UART_INT_RX (1u << 1)

#define UART0 ((struct Uart *)0x40004000)

/* FPGA I/O: counts up once for each time that its prescaler, which counts system clocks, runs down. */
#define FPGAIO_COUNTER (*(volatile u32 *)0x40028018)
#define FPGAIO_PRESCALE (*(volatile u32 *)0x4002801C)

/* Serial communication controller: which FPGA image this is. */
#define SCC_AID (*(volatile u32 *)0x4002FFF8)
#define SCC_ID (*(volatile u32 *)0x4002FFFC)

/* Interrupt numbers. */
#define UART0_RX_IRQ 0
#define UART0_TX_IRQ 1
#define TIMER0_IRQ 8

void uartReceiveHandler(void);
void uartTransmitHandler(void);
void alarmHandler(void);
