/* What a clock driver gives beside boardTicks. */
#ifndef ALARM_H
#define ALARM_H

#include "types.h"

/*
 * Called with interrupts held: sleeps until an interrupt is pending, or until so many ticks have passed; less where the alarm
 * cannot count so far.
 */
void alarmSleep(u32 ticks);

#endif
