/**
 * The RP2040 of a Pico, in rp2040js, as far as an image in RAM sees it: core 0, without the boot ROM, whose part at a start is
 * done here. Each instruction takes the cycles of the Cortex-M0+ with memory that never waits; sleep is skipped.
 */
import { type Logger, type RP2040, Simulator } from "rp2040js";
import { isSealed, STAGE_SIZE } from "../../firmware/build/second-stage.js";
import { Thumb } from "./thumb.js";

const RAM = 0x20000000;
const RAM_END = 0x20042000;
const HARD_FAULT = 3;

/** Watchdog: index of the peripheral, and its scratch registers 4 to 7, which tell the boot ROM where to start. */
const WATCHDOG = 0x40058;
const SCRATCH_4 = 0x4005801c;
const WATCHDOG_BOOT = 0xb007c0d3;

const UART_FLAG_RECEIVE_FULL = 1 << 6;
/** Start bit, 8 data bits, stop bit. */
const BITS = 10;
/** Nanoseconds between two looks whether the UART has been started. */
const LOOK = 1_000_000;

/** What the CPU answers with a HardFault. */
class Fault extends Error {
  override name = "Fault";
}

class Reset extends Error {
  override name = "Reset";
}

const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} };

/** rp2040js warns where the bus, or the decoder, of the real chip raises a fault. */
const faults: Logger = { ...silent, warn: refuse, error: refuse };

function refuse(component: string, message: string): void {
  if (component === "RP2040" || component === "CortexM0Core") throw new Fault(message);
}

/** The boot ROM's part at a start: puts what is to run into the chip, and tells where it begins, and its stack. */
export type Boot = (chip: RP2040) => { start: number; stack: number };

/** From flash, by the second stage at its start (datasheet 2.8.1.3). Throws an Error where the boot ROM would find none. */
export function fromFlash(image: Buffer): Boot {
  const stage = image.subarray(0, STAGE_SIZE);
  const start = RAM_END - STAGE_SIZE;
  return chip => {
    if (!isSealed(stage)) throw new Error("there is no second stage in flash, or its sum is wrong");
    chip.flash.set(image);
    chip.sram.set(stage, start - RAM);
    return { start, stack: start };
  };
}

export class Chip {
  #simulator!: Simulator;
  #thumb!: Thumb;
  #nanosPerCycle = 0;
  #nextByte!: { schedule(nanos: number): void };
  #input: Uint8Array = new Uint8Array(0);

  /**
   * Starts what `boot` finds; `send` gets each byte that it sends on UART0. `attach` is called whenever the chip is powered up,
   * which a reset does too, to connect what else is on the board.
   */
  constructor(
    readonly boot: Boot,
    readonly send: (byte: number) => void,
    readonly attach: (chip: RP2040) => void = () => {},
  ) {
    this.#enter(boot(this.#powerUp()));
  }

  /** Queues bytes for UART0, which get there at its baud rate, and never into a FIFO that is full. */
  receive(bytes: Uint8Array): void {
    if (this.#input.length === 0) this.#nextByte.schedule(0);
    this.#input = Buffer.concat([this.#input, bytes]);
  }

  /** Runs until `nanos` of device time or so many instructions have passed; true where time was the first. */
  run(nanos: number, instructions: number): boolean {
    let left = instructions;
    let over = false;
    const alarm = this.#simulator.clock.createAlarm(() => {
      over = true;
    });
    alarm.schedule(nanos);
    while (left > 0 && !over) {
      try {
        while (left > 0 && !over) left -= this.#advance(left);
      } catch (error) {
        if (error instanceof Reset) return this.#restart();
        if (!(error instanceof Fault)) throw error;
        this.#fault(error);
      }
    }
    alarm.cancel();
    return over;
  }

  /** Runs at most so many instructions, up to the next alarm; gives how many. */
  #advance(limit: number): number {
    const { clock, rp2040 } = this.#simulator;
    const { core } = rp2040;
    if (!core.waiting) {
      const cycles = this.#thumb.run(clock.nanosToNextAlarm / this.#nanosPerCycle, limit);
      if (cycles === 0) clock.tick(core.executeInstruction() * this.#nanosPerCycle);
      else clock.tick(cycles * this.#nanosPerCycle);
      return cycles === 0 ? 1 : this.#thumb.executed;
    }
    // WFI ends with an interrupt that is pending, also one from before, or held by PRIMASK: the handler is for later then.
    core.waiting = false;
    if ((core.pendingInterrupts & core.enabledInterrupts) !== 0) return 1;
    clock.tick(clock.nanosToNextAlarm);
    core.waiting = true;
    return 1;
  }

  /** A bus error while the registers are stacked is no fault of its own (Cortex-M0+ Devices Generic User Guide, 2.4.1). */
  #fault(fault: Fault): void {
    const { rp2040 } = this.#simulator;
    const { core } = rp2040;
    if (core.IPSR === HARD_FAULT) {
      throw new Error(`the CPU is locked up at 0x${core.PC.toString(16)}: ${fault.message}`);
    }
    rp2040.logger = silent;
    core.exceptionEntry(HARD_FAULT);
    rp2040.logger = faults;
  }

  /** A chip without anything in it, its clock at 0. */
  #powerUp(): RP2040 {
    this.#simulator = new Simulator();
    const { clock, rp2040 } = this.#simulator;
    this.#thumb = new Thumb(rp2040);
    rp2040.logger = faults;
    refuseUnaligned(rp2040);
    this.#nanosPerCycle = 1e9 / rp2040.clkSys;
    rp2040.addClockListener(frequency => {
      this.#nanosPerCycle = 1e9 / frequency;
    });
    Object.assign(rp2040.peripherals[WATCHDOG]!, {
      onWatchdogTrigger() {
        throw new Reset();
      },
    });
    rp2040.uart[0]!.onByte = this.send;
    this.attach(rp2040);
    this.#nextByte = clock.createAlarm(() => this.#deliver());
    if (this.#input.length > 0) this.#nextByte.schedule(0);
    return rp2040;
  }

  /** What the boot ROM does after a reset by the watchdog (datasheet 2.8.1.1). RAM outlives it. */
  #restart(): false {
    const before = this.#simulator.rp2040;
    const [magic, check, stack, start] = [0, 1, 2, 3].map(word => before.readUint32(SCRATCH_4 + 4 * word));
    const chip = this.#powerUp();
    chip.sram.set(before.sram);
    const isTold = magic! >>> 0 === WATCHDOG_BOOT && (check! ^ start! ^ -WATCHDOG_BOOT) === 0;
    this.#enter(isTold ? { start: start!, stack: stack! } : this.boot(chip));
    return false;
  }

  #enter({ start, stack }: ReturnType<Boot>): void {
    const { core } = this.#simulator.rp2040;
    core.SP = stack;
    core.PC = start & ~1;
  }

  #deliver(): void {
    const uart = this.#simulator.rp2040.uart[0]!;
    if (uart.enabled && !(uart.flags & UART_FLAG_RECEIVE_FULL)) {
      uart.feedByte(this.#input[0]!);
      this.#input = this.#input.subarray(1);
    }
    if (this.#input.length > 0) this.#nextByte.schedule(uart.enabled ? (BITS * 1e9) / uart.baudRate : LOOK);
  }
}

/** rp2040js itself refuses unaligned loads of words only. */
function refuseUnaligned(rp2040: RP2040): void {
  const { core } = rp2040;
  const aligned = (address: number, size: number) => {
    if (address & (size - 1)) throw new Fault(`access of ${size} bytes at ${address.toString(16)}`);
  };
  core.readUint16 = address => {
    aligned(address, 2);
    return rp2040.readUint16(address);
  };
  core.writeUint16 = (address, value) => {
    aligned(address, 2);
    rp2040.writeUint16(address, value);
  };
  core.writeUint32 = (address, value) => {
    aligned(address, 4);
    rp2040.writeUint32(address, value);
  };
}
