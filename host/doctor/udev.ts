/**
 * Rules for udev: whoever sits at the machine may use boards, debug probes and adapters, ModemManager leaves them alone, and
 * FTDI's adapters hand bytes over at once.
 */

import { boardNames, readBoard } from "../../firmware/build/board.js";

/** Before the rules of systemd that give devices to a seat, 73-seat-late. */
export const RULES = "/etc/udev/rules.d/70-nearhop.rules";

/** USB vendor -> what of theirs is meant. Boards that are USB devices by our own firmware come on top. */
const vendors = {
  "2e8a": "Raspberry Pi: Pico, Debug Probe",
  "0d28": "Arm DAPLink: micro:bit, debug probes",
  "0483": "STMicroelectronics: ST-LINK, DFU boot loader",
  "0403": "FTDI adapters",
  "10c4": "Silicon Labs adapters",
  "1a86": "WCH adapters",
  "067b": "Prolific adapters",
};

export function udevRules(): string {
  return [
    `# nearhop: ${RULES}`,
    ...boardNames()
      .map(readBoard)
      .flatMap(({ title, usb }) =>
        usb ? rule(title, { idVendor: usb.vendorId.slice(2), idProduct: usb.productId.slice(2) }) : [],
      ),
    ...Object.entries(vendors).flatMap(([idVendor, what]) => rule(what, { idVendor })),
    "# Bytes that arrive are handed over after 1 ms, and not after 16",
    'ACTION=="add", SUBSYSTEM=="usb-serial", DRIVER=="ftdi_sio", ATTR{latency_timer}="1"',
    "",
  ].join("\n");
}

function rule(what: string, attributes: Record<string, string>): string[] {
  const matches = Object.entries(attributes).map(([name, value]) => `ATTRS{${name}}=="${value}"`);
  const effects = ['TAG+="uaccess"', 'ENV{ID_MM_DEVICE_IGNORE}="1"', 'ENV{ID_MM_PORT_IGNORE}="1"'];
  return [`# ${what}`, ['SUBSYSTEMS=="usb"', ...matches, ...effects].join(", ")];
}
