/*
 * The console on USB, a CDC-ACM device (USB 2.0, chapter 9; CDC PSTN subclass 1.2, 6.3), on the controller of the datasheet's
 * 4.1. A host that sends more than there is room for waits; one that does not read loses what waits for it in a full queue.
 */
#include "board-config.h"
#include "cortex-m.h"
#include "line.h"
#include "memory.h"
#include "serial.h"

#define PACKET 64u

/* Buffers by their numbers in BUFF_STATUS: twice the endpoint's, and one more for OUT, which is from the host. */
enum Buffer { CONTROL_IN, CONTROL_OUT, CONSOLE_IN, CONSOLE_OUT, NOTIFICATION_IN };

/* Where in the controller's memory a buffer is. Endpoint 0 has one for both directions; what comes there is of no interest. */
#define PLACE(buffer) (0x100 + PACKET * (buffer))
#define MEMORY(place) ((u8 *)&USB_DPRAM_SETUP + (place))

/* Requests: the code, direction and type, without the recipient. */
enum { CLEAR_FEATURE = 0x0100, SET_ADDRESS = 0x0500, SET_CONFIGURATION = 0x0900, RECIPIENT = 0x1F, TO_HOST = 0x80 };

static struct { u16 request, value, index, length; } setup;

/* All requests that are understood (firmware/build/usb.ts): request, value, length of the answer, answer; and so on. */
static const u8 answers[] = USB_ANSWERS;

/* What is left to send of an answer. */
static const u8 *answer;
static u32 answerLength;

/* A bit for each buffer: its next packet is DATA1. */
static u32 toggles;

/* CONSOLE_OUT holds bytes that found no room yet. */
static bool held;

/* Lets the host read, or fill, a buffer. */
static void offer(enum Buffer buffer, u32 length) {
  u32 control = length | (buffer & 1 ? 0 : USB_DPRAM_BUFFER_CTRL_FULL);
  if (toggles >> buffer & 1) control |= USB_DPRAM_BUFFER_CTRL_PID;
  toggles ^= 1u << buffer;
  USB_DPRAM_BUFFER_CTRL(buffer) = control;
  /* The controller, whose clock is slower, must have seen this before it takes the buffer (4.1.2.5.1). */
  __asm__ volatile("nop\n nop\n nop");
  USB_DPRAM_BUFFER_CTRL(buffer) = control | USB_DPRAM_BUFFER_CTRL_AVAILABLE;
}

void usbReceive(void) {
  u32 length = USB_DPRAM_BUFFER_CTRL(CONSOLE_OUT) & USB_DPRAM_BUFFER_CTRL_LENGTH_MASK;
  if (!held || length > serialRoom()) return;
  held = false;
  for (u32 i = 0; i < length; i++) serialPut(MEMORY(PLACE(CONSOLE_OUT))[i]);
  offer(CONSOLE_OUT, PACKET);
}

/* A full packet says that more follows, if only an empty one. */
static void transmit(void) {
  static bool more;
  if (USB_DPRAM_BUFFER_CTRL(CONSOLE_IN) & USB_DPRAM_BUFFER_CTRL_AVAILABLE) {
    if (serialFull())
      while (!serialDone()) serialTake();
    return;
  }
  u32 length = 0;
  while (length < PACKET && !serialDone()) MEMORY(PLACE(CONSOLE_IN))[length++] = serialTake();
  if (length > 0 || more) offer(CONSOLE_IN, length);
  more = length == PACKET;
}

/* The next packet of a buffer is DATA0. */
static void restart(enum Buffer buffer) {
  toggles &= ~(1u << buffer);
  USB_DPRAM_BUFFER_CTRL(buffer) = 0;
  if (buffer == CONSOLE_OUT && !held) offer(buffer, PACKET);
}

static void sendAnswer(void) {
  u32 length = answerLength < PACKET ? answerLength : PACKET;
  memcpy(MEMORY(PLACE(CONTROL_IN)), answer, length);
  answer += length;
  answerLength -= length;
  offer(CONTROL_IN, length);
}

static void takeSetup(void) {
  memcpy(&setup, MEMORY(0), sizeof setup);
  setup.request &= ~RECIPIENT;
  toggles |= 1u << CONTROL_IN | 1u << CONTROL_OUT;
  if (setup.request == SET_CONFIGURATION) {
    held = false;
    restart(CONSOLE_IN);
    restart(CONSOLE_OUT);
  }
  /* The halt of an endpoint, of whose address bit 7 is set for IN. */
  if (setup.request == CLEAR_FEATURE) restart(2 * (setup.index & 15) + !(setup.index & TO_HOST));
  for (const u8 *at = answers; at < answers + sizeof answers; at += 5 + at[4]) {
    bool isSame = setup.request == (at[0] | at[1] << 8);
    if (!isSame || (setup.request & TO_HOST && setup.value != (at[2] | at[3] << 8))) continue;
    answer = at + 5;
    answerLength = at[4] < setup.length ? at[4] : setup.length;
    offer(CONTROL_OUT, PACKET); /* what belongs to the request, or the end of the answer */
    sendAnswer();               /* an empty one says that the request was carried out */
    return;
  }
  USB_DPRAM_BUFFER_CTRL(CONTROL_IN) = USB_DPRAM_BUFFER_CTRL(CONTROL_OUT) = USB_DPRAM_BUFFER_CTRL_STALL;
  USB_EP_STALL_ARM = USB_EP_STALL_ARM_EP0_IN | USB_EP_STALL_ARM_EP0_OUT;
}

void usbHandler(void) {
  u32 done = USB_BUFF_STATUS;
  USB_BUFF_STATUS = done;
  if (done >> CONTROL_IN & 1) {
    if (setup.request == SET_ADDRESS) USB_ADDR_ENDP = setup.value;
    if (answerLength > 0) sendAnswer();
  }
  if (done >> CONSOLE_OUT & 1) {
    held = true;
    chooseLine(transmit);
    usbReceive();
  }
  if (done >> CONSOLE_IN & 1) chosenLine();
  u32 events = USB_SIE_STATUS & (USB_SIE_STATUS_BUS_RESET | USB_SIE_STATUS_SETUP_REC);
  USB_SIE_STATUS = events;
  if (events & USB_SIE_STATUS_BUS_RESET) USB_ADDR_ENDP = 0;
  if (events & USB_SIE_STATUS_SETUP_REC) takeSetup();
}

void usbStart(void) {
  u32 bulk = USB_DPRAM_EP_CTRL_ENABLE | USB_DPRAM_EP_CTRL_INTERRUPT_PER_BUFF | USB_DPRAM_EP_CTRL_TYPE_BULK;
  memset(MEMORY(0), 0, PLACE(0));
  USB_DPRAM_EP_CTRL(CONSOLE_IN) = bulk | PLACE(CONSOLE_IN);
  USB_DPRAM_EP_CTRL(CONSOLE_OUT) = bulk | PLACE(CONSOLE_OUT);
  USB_DPRAM_EP_CTRL(NOTIFICATION_IN) = USB_DPRAM_EP_CTRL_ENABLE | USB_DPRAM_EP_CTRL_TYPE_INTERRUPT | PLACE(NOTIFICATION_IN);
  USB_MUXING = USB_MUXING_TO_PHY | USB_MUXING_SOFTCON;
  USB_PWR = USB_PWR_VBUS_DETECT | USB_PWR_VBUS_DETECT_OVERRIDE_EN;
  USB_MAIN_CTRL = USB_MAIN_CTRL_CONTROLLER_EN;
  USB_INTE = USB_INTE_BUFF_STATUS | USB_INTE_BUS_RESET | USB_INTE_SETUP_REQ;
  USB_SIE_CTRL = USB_SIE_CTRL_EP0_INT_1BUF | USB_SIE_CTRL_PULLUP_EN;
  enableInterrupt(USBCTRL_IRQ);
}
