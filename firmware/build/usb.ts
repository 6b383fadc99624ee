/**
 * What a board tells a USB host about itself (USB 2.0, chapter 9): a CDC-ACM device, which every system offers as a serial
 * port without a driver of ours (Class Definitions for Communications Devices 1.2; PSTN Devices 1.2).
 */
import type { Board } from "./board.js";

/** Endpoints of `usb.c`: bit 7 is set for IN, towards the host. */
const CONSOLE_OUT = 0x01;
const CONSOLE_IN = 0x81;
const NOTIFICATION_IN = 0x82;
const PACKET = 64;

enum Descriptor {
  DEVICE = 1,
  CONFIGURATION = 2,
  STRING = 3,
  INTERFACE = 4,
  ENDPOINT = 5,
  CLASS_INTERFACE = 0x24,
}

const COMMUNICATIONS = 0x02;
const DATA = 0x0a;
const ABSTRACT_CONTROL_MODEL = 0x02;

/** Requests: the code, then direction and type. */
enum Request {
  GET_STATUS = 0x0080,
  CLEAR_FEATURE = 0x0100,
  SET_ADDRESS = 0x0500,
  GET_DESCRIPTOR = 0x0680,
  GET_CONFIGURATION = 0x0880,
  SET_CONFIGURATION = 0x0900,
  SET_LINE_CODING = 0x2020,
  GET_LINE_CODING = 0x21a0,
  SET_CONTROL_LINE_STATE = 0x2220,
}

/** Those that only do something, whatever their value. */
const COMMANDS = [
  Request.CLEAR_FEATURE,
  Request.SET_ADDRESS,
  Request.SET_CONFIGURATION,
  Request.SET_LINE_CODING,
  Request.SET_CONTROL_LINE_STATE,
];

const u16 = (value: number) => [value & 0xff, value >> 8];
const descriptor = (type: number, ...bytes: number[]) => [bytes.length + 2, type, ...bytes];

const endpoint = (address: number, attributes: number, size: number, interval: number) =>
  descriptor(Descriptor.ENDPOINT, address, attributes, ...u16(size), interval);
const BULK = 2;
const INTERRUPT = 3;

/** Number, alternative 0, endpoints, class, subclass, protocol 0, no name. */
const usbInterface = (number: number, endpoints: number, usbClass: number, subclass: number) =>
  descriptor(Descriptor.INTERFACE, number, 0, endpoints, usbClass, subclass, 0, 0);

/** A control interface, which the union names first, and the data interface with the bytes themselves. */
const interfaces = [
  ...usbInterface(0, 1, COMMUNICATIONS, ABSTRACT_CONTROL_MODEL),
  ...descriptor(Descriptor.CLASS_INTERFACE, 0x00, ...u16(0x0120)),
  ...descriptor(Descriptor.CLASS_INTERFACE, 0x01, 0x00, 1), // call management: there are no calls
  ...descriptor(Descriptor.CLASS_INTERFACE, 0x02, 0x02), // ACM: line coding and control line state are understood
  ...descriptor(Descriptor.CLASS_INTERFACE, 0x06, 0, 1), // union
  ...endpoint(NOTIFICATION_IN, INTERRUPT, 8, 255),
  ...usbInterface(1, 2, DATA, 0),
  ...endpoint(CONSOLE_IN, BULK, PACKET, 0),
  ...endpoint(CONSOLE_OUT, BULK, PACKET, 0),
];

const BUS_POWERED = 0x80;
/** In units of 2 mA. */
const CURRENT = 100 / 2;

const configuration = descriptor(
  Descriptor.CONFIGURATION,
  ...u16(9 + interfaces.length),
  2,
  1,
  0,
  BUS_POWERED,
  CURRENT,
);

const ENGLISH = 0x0409;
const string = (text: string) => descriptor(Descriptor.STRING, ...Buffer.from(text, "utf16le"));

/** Each request that `usb.c` understands: request, value, length of the answer, answer. */
export function usbAnswers({ name, serial }: Board, usb: NonNullable<Board["usb"]>): number[] {
  const ids = [...u16(Number(usb.vendorId)), ...u16(Number(usb.productId))];
  const device = descriptor(
    Descriptor.DEVICE,
    ...u16(0x0200),
    ...[COMMUNICATIONS, 0, 0, PACKET],
    ...ids,
    ...u16(0x0100),
    ...[1, 2, 0, 1],
  );
  const lineCoding = [...u16(serial.baud & 0xffff), ...u16(serial.baud >>> 16), 0, 0, 8];
  const described = (type: Descriptor, index: number, bytes: number[]) =>
    entry(Request.GET_DESCRIPTOR, (type << 8) | index, bytes);
  return [
    described(Descriptor.DEVICE, 0, device),
    described(Descriptor.CONFIGURATION, 0, [...configuration, ...interfaces]),
    described(Descriptor.STRING, 0, descriptor(Descriptor.STRING, ...u16(ENGLISH))),
    described(Descriptor.STRING, 1, string("nearhop")),
    described(Descriptor.STRING, 2, string(name)),
    entry(Request.GET_STATUS, 0, u16(0)),
    entry(Request.GET_CONFIGURATION, 0, [1]),
    entry(Request.GET_LINE_CODING, 0, lineCoding),
    ...COMMANDS.map(request => entry(request, 0, [])),
  ].flat();
}

/** A whole number of packets would need an empty one behind it where the host asks for more. */
function entry(request: Request, value: number, bytes: number[]): number[] {
  if (bytes.length > 0 && bytes.length % PACKET === 0)
    throw new Error(`an answer of ${bytes.length} bytes does not end`);
  return [...u16(request), ...u16(value), bytes.length, ...bytes];
}
