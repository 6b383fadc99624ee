/*
 * `boardTicks` counts the CPU's clock, 125 MHz: SysTick has the lower 24 bits, and what is above them follows from the TIMER's
 * microseconds, because one crystal drives both. The TIMER's alarm 0 is the alarm.
 */
#include "board-config.h"
#include "board.h"
#include "cortex-m.h"

#define XOSC_HZ 12000000u

_Static_assert(XOSC_HZ / 6 / 2 * 125 == CLOCK_HZ, "PLL_SYS gives another clock");
_Static_assert(TICK_RATE == CLOCK_HZ, "SysTick counts the CPU's clock");

/* The TIMER's ticks when SysTick began to count. */
static u32 began;

#define TIMER_TICKS (TIMER_TIMERAWL * TICKS_PER_MICROSECOND)
#define SYST_TICKS (SYST_RVR_RELOAD_MASK - SYST_CVR)

/* The count whose lower bits are SysTick's and that is nearest to the TIMER's. */
u32 boardTicks(void) {
  u32 near = TIMER_TICKS - began;
  s32 apart = (s32)((SYST_TICKS - near) << 8) >> 8;
  return near + (u32)apart;
}

static void pllStart(u32 pll, u32 multiplier, u32 divider1, u32 divider2) {
  PLL_PWR(pll) |= PLL_PWR_PD | PLL_PWR_VCOPD | PLL_PWR_POSTDIVPD;
  PLL_CS(pll) = PLL_CS_REFDIV(1);
  PLL_FBDIV_INT(pll) = multiplier;
  PLL_PWR(pll) &= ~(PLL_PWR_PD | PLL_PWR_VCOPD);
  while (!(PLL_CS(pll) & PLL_CS_LOCK)) continue;
  PLL_PRIM(pll) = PLL_PRIM_POSTDIV1(divider1) | PLL_PRIM_POSTDIV2(divider2);
  PLL_PWR(pll) &= ~PLL_PWR_POSTDIVPD;
}

void clockStart(void) {
  u32 fresh = RESETS_RESET_TIMER | RESETS_RESET_UART0 | RESETS_RESET_USBCTRL;
  u32 pins = RESETS_RESET_IO_BANK0 | RESETS_RESET_PADS_BANK0 | RESETS_RESET_IO_QSPI | RESETS_RESET_PADS_QSPI;
  u32 used = fresh | pins | RESETS_RESET_PLL_SYS | RESETS_RESET_PLL_USB;
  RESETS_RESET |= fresh;
  RESETS_RESET &= ~used;
  while ((RESETS_RESET_DONE & used) != used) continue;
  /* 1 ms until the crystal is steady, in units of 256 of its periods. */
  XOSC_STARTUP = XOSC_HZ / 1000 / 256 + 1;
  XOSC_CTRL = XOSC_CTRL_ENABLE_ENABLE | XOSC_CTRL_FREQ_RANGE_1_15MHZ;
  while (!(XOSC_STATUS & XOSC_STATUS_STABLE)) continue;
  CLOCKS_CLK_REF_CTRL = CLOCKS_CLK_REF_CTRL_SRC_XOSC;
  while (!(CLOCKS_CLK_REF_SELECTED & 1u << CLOCKS_CLK_REF_CTRL_SRC_XOSC)) continue;
  /* Nothing may run from the PLL while it is set up, nor from a source that is being chosen. */
  CLOCKS_CLK_SYS_CTRL &= ~CLOCKS_CLK_SYS_CTRL_SRC;
  while (!(CLOCKS_CLK_SYS_SELECTED & 1u << CLOCKS_CLK_SYS_CTRL_SRC_REF)) continue;
  CLOCKS_CLK_SYS_CTRL = CLOCKS_CLK_SYS_CTRL_SRC_REF;
  pllStart(0, 125, 6, 2);
  pllStart(1, 100, 5, 5); /* for USB, 48 MHz */
  CLOCKS_CLK_SYS_CTRL = CLOCKS_CLK_SYS_CTRL_SRC_AUX;
  while (!(CLOCKS_CLK_SYS_SELECTED & 1u << CLOCKS_CLK_SYS_CTRL_SRC_AUX)) continue;
  CLOCKS_CLK_PERI_CTRL = CLOCKS_CLK_PERI_CTRL_ENABLE;
  CLOCKS_CLK_USB_CTRL = CLOCKS_CLK_USB_CTRL_ENABLE;
  /* The watchdog's tick, one a microsecond, is what the TIMER counts. */
  WATCHDOG_TICK = WATCHDOG_TICK_ENABLE | WATCHDOG_TICK_CYCLES(XOSC_HZ / 1000000);
  SYST_RVR = SYST_RVR_RELOAD_MASK;
  SYST_CVR = 0;
  SYST_CSR = SYST_CSR_ENABLE | SYST_CSR_CLKSOURCE;
  began = TIMER_TICKS - SYST_TICKS;
  TIMER_INTE = TIMER_INTE_ALARM_0;
  enableInterrupt(TIMER_0_IRQ);
}

/* It rings when its time is met, never when it has passed: so not the next microsecond, which may begin at any moment. */
void alarmSet(u32 ticks) {
  TIMER_ARMED = TIMER_ARMED_ALARM_0;
  TIMER_INTR = TIMER_INTR_ALARM_0;
  if (ticks > 0) TIMER_ALARM0 = TIMER_TIMERAWL + ticks / TICKS_PER_MICROSECOND + 2;
}
