/*
 * The CPU at 168 MHz from the board's 25 MHz crystal, TIM2 as the free-running counter, SysTick as the alarm: it counts 24
 * bits at an eighth of the CPU's clock, so that a sleep ends after 0.79 s at the latest.
 *
 * In QEMU 7.2 the CPU runs at 168 MHz from the start, but the timers count at 1 GHz instead of 84 MHz; TICK_RATE divides
 * both. TIM2's reload register is left as it is, so that QEMU sets no alarm for it.
 */
#include "board-config.h"
#include "board.h"
#include "stm32f405.h"

#define TIMER_HZ (CLOCK_HZ / 2)
#define TIMER_HZ_QEMU 1000000000u

_Static_assert(TIMER_HZ % TICK_RATE == 0 && TIMER_HZ_QEMU % TICK_RATE == 0, "ticks must divide the timers' clock");

#define ALARM_HZ (CLOCK_HZ / 8)
#define ALARM_LIMIT (SYST_RVR_RELOAD_MASK / (ALARM_HZ / 1000000) * TICKS_PER_MICROSECOND)

static void startPll(void) {
  RCC_CR |= RCC_CR_HSEON;
  while (!(RCC_CR & RCC_CR_HSERDY)) continue;
  FLASH_ACR = FLASH_ACR_DCEN | FLASH_ACR_ICEN | FLASH_ACR_PRFTEN | FLASH_ACR_LATENCY(5);
  /* 25 MHz / 25 * 336 / 2. */
  RCC_PLLCFGR = RCC_PLLCFGR_PLLSRC_HSE | RCC_PLLCFGR_PLLM(25) | RCC_PLLCFGR_PLLN(336) | RCC_PLLCFGR_PLLQ(7);
  RCC_CR |= RCC_CR_PLLON;
  while (!(RCC_CR & RCC_CR_PLLRDY)) continue;
  RCC_CFGR = RCC_CFGR_PPRE2_HALF | RCC_CFGR_PPRE1_QUARTER | RCC_CFGR_SW_PLL;
  while ((RCC_CFGR & RCC_CFGR_SWS_MASK) != RCC_CFGR_SWS_PLL) continue;
}

void clockStart(void) {
  if (onSilicon()) startPll();
  RCC_APB1ENR |= RCC_APB1ENR_TIM2;
  TIM2_PSC = (onSilicon() ? TIMER_HZ : TIMER_HZ_QEMU) / TICK_RATE - 1;
  TIM2_EGR = TIM_EGR_UG; /* takes the prescaler over, and clears the count */
  TIM2_CR1 = TIM_CR1_CEN;
}

u32 boardTicks(void) {
  return TIM2_CNT;
}

void alarmSet(u32 ticks) {
  u32 limited = ticks < ALARM_LIMIT ? ticks : ALARM_LIMIT;
  SYST_CSR = 0;
  if (ticks == 0) return;
  SYST_RVR = limited * (ALARM_HZ / 1000000) / TICKS_PER_MICROSECOND;
  SYST_CVR = 0;
  SYST_CSR = SYST_CSR_ENABLE | SYST_CSR_TICKINT;
  while (SYST_CVR == 0) continue;
  SYST_RVR = 0; /* it rings once */
}
