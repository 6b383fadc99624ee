/**
 * A USB host with a CDC-ACM driver, at a Pico in rp2040js. rp2040js has one, which enumerates the device; what goes over the
 * console's endpoint is done here, because that one never rests, and its controller knows no host that does not read.
 */
import { type RP2040, USBCDC } from "rp2040js";

const CONTROL = 0;
const CONSOLE = 1;
const PACKET = 64;
/** In the controller's memory (datasheet 4.1.2.5): the control register of the console's buffer towards the host. */
const CONSOLE_IN = 0x88;

export class UsbHost {
  onData: (packet: Uint8Array) => void = () => {};
  #controller!: RP2040["usbCtrl"];
  #answer: Buffer[] = [];
  #unsent = Buffer.alloc(0);
  /** Bytes that the device has room for. */
  #room = 0;
  #isReading = true;
  /** What the device has offered to a host that does not read. */
  #offered: number | null = null;
  /** Length of each packet of the console that this host has read. */
  readonly packets: number[] = [];

  /** Plugs the cable in. */
  attach(chip: RP2040): void {
    const controller = chip.usbCtrl;
    this.#controller = controller;
    const driver = new USBCDC(controller);
    const enumerate = controller.onEndpointWrite!;
    controller.onEndpointWrite = (endpoint, packet) => {
      if (endpoint === CONTROL) this.#answer.push(Buffer.from(packet));
      enumerate(endpoint, packet);
    };
    driver.onSerialData = packet => {
      this.packets.push(packet.length);
      this.onData(packet);
    };
    controller.onEndpointRead = (endpoint, size) => {
      if (endpoint !== CONSOLE) return;
      this.#room = size;
      this.#give();
    };
    const offer = controller.DPRAMUpdated.bind(controller);
    controller.DPRAMUpdated = (offset, value) => {
      if (offset === CONSOLE_IN && !this.#isReading) this.#offered = value;
      else offer(offset, value);
    };
  }

  send(bytes: Uint8Array): void {
    this.#unsent = Buffer.concat([this.#unsent, bytes]);
    this.#give();
  }

  stopReading(): void {
    this.#isReading = false;
  }

  readAgain(): void {
    this.#isReading = true;
    if (this.#offered !== null) this.#controller.DPRAMUpdated(CONSOLE_IN, this.#offered);
    this.#offered = null;
  }

  /** Sends a request on endpoint 0; `answered` gives the answer to the last one, once there was time for it. */
  ask(type: number, request: number, value: number, length: number): void {
    this.#answer = [];
    const setup = [type, request, value & 0xff, value >> 8, 0, 0, length & 0xff, length >> 8];
    this.#controller.sendSetupPacket(Uint8Array.from(setup));
  }

  get answered(): Buffer {
    return Buffer.concat(this.#answer);
  }

  #give(): void {
    if (this.#room === 0 || this.#unsent.length === 0) return;
    const size = Math.min(this.#room, PACKET);
    this.#room = 0;
    this.#controller.endpointReadDone(CONSOLE, this.#unsent.subarray(0, size));
    this.#unsent = this.#unsent.subarray(size);
  }
}
