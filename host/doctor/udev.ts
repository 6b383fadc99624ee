/**
 * Rules for udev: whoever sits at the machine may use boards, debug probes and adapters, ModemManager leaves them alone, and
 * FTDI's adapters hand bytes over at once.
 */

/** Before the rules of systemd that give devices to a seat, 73-seat-late. */
export const RULES = "/etc/udev/rules.d/70-nearhop.rules";

/** USB vendor -> what of theirs is meant. */
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
  const each = Object.entries(vendors).flatMap(([vendor, what]) => [
    `# ${what}`,
    `SUBSYSTEMS=="usb", ATTRS{idVendor}=="${vendor}", TAG+="uaccess", ` +
      'ENV{ID_MM_DEVICE_IGNORE}="1", ENV{ID_MM_PORT_IGNORE}="1"',
  ]);
  return [
    `# nearhop: ${RULES}`,
    ...each,
    "# Bytes that arrive are handed over after 1 ms, and not after 16",
    'ACTION=="add", SUBSYSTEM=="usb-serial", DRIVER=="ftdi_sio", ATTR{latency_timer}="1"',
    "",
  ].join("\n");
}
