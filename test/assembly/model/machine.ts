/**
 * A router whose whole state can be kept and brought back: its linear memory, and its globals, which the module does not show.
 * So two functions are added to a copy of the module: one stores every global behind the pools, one loads them from there.
 */
import { hash } from "node:crypto";
import { readFile } from "node:fs/promises";
import wabt from "wabt";
import { encodeRequest } from "../../../host/protocol/body.js";
import {
  BODY_LIMIT,
  type MessageName,
  messages,
  nak,
  type Request,
} from "../../../host/protocol/messages.js";
import { Refused } from "../../../host/protocol/refused.js";
import { Status } from "../../../host/protocol/words.js";
import { modulePath, Router, still } from "../../../host/router/router.js";

interface Keeping {
  keepGlobals(at: number): void;
  restoreGlobals(at: number): void;
}

/** What is left of the last call, and written anew before it is read; and counts that only the host reads. */
const LEFTOVERS =
  /^\$assembly\/((failover|console\/frame|forward\/(counters|egress|outcome)|probe\/records|rib\/(batch|decision|index|prefix|transition))\/|reversion\/routes\/undamped$)/;
/** When BFD sessions send next. */
const TRANSMISSIONS = /^\$assembly\/liveness\/bfd\/timers\//;

function isIgnored(name: string): boolean {
  return LEFTOVERS.test(name) || TRANSMISSIONS.test(name);
}

const GLOBAL_BYTES = 8;
const PACKET_BYTES = 256;

type Range = [from: number, to: number];

export class Machine {
  /** Called whenever the core reads the ticks: at the beginning of a change, after repair and after re-selection. */
  onTicks: () => void = () => {};
  readonly #globalsAt: number;
  readonly #size: number;
  readonly #ignored: Range[];
  readonly #scratch: Uint8Array;

  private constructor(
    readonly router: Router,
    globals: string[],
    capacities: Request<"CONFIGURE">,
  ) {
    const { buffer } = router.exports.memory;
    const withoutSessions = router.call("CONFIGURE", { ...capacities, bfdSessions: 0 });
    const { bytesFree } = router.call("CONFIGURE", capacities);
    this.#globalsAt = buffer.byteLength - bytesFree;
    this.#size = this.#globalsAt + globals.length * GLOBAL_BYTES;
    if (this.#size > buffer.byteLength) throw new Error("no room for the globals behind the pools");
    this.#scratch = new Uint8Array(this.#size);
    const { requestBuffer, responseBuffer, packetBuffer } = router.exports;
    this.#ignored = [
      [requestBuffer(), requestBuffer() + BODY_LIMIT],
      [responseBuffer(), responseBuffer() + BODY_LIMIT],
      [packetBuffer(), packetBuffer() + PACKET_BYTES],
      [this.#globalsAt, this.#globalsAt + globals.filter(isIgnored).length * GLOBAL_BYTES],
    ];
    this.keep();
    const pool = new DataView(buffer).getUint32(
      this.#globalsAt + globals.indexOf("$assembly/liveness/bfd/session/pool") * GLOBAL_BYTES,
      true,
    );
    this.#ignored.push([pool, pool + withoutSessions.bytesFree - bytesFree]);
  }

  /** A router of the `mcu` profile, whose memory has one size. */
  static async start(capacities: Request<"CONFIGURE">): Promise<Machine> {
    const path = modulePath("mcu").replace(/wasm$/, "wat");
    const { binary, globals } = await withKeeping(await readFile(path, "utf8"));
    let machine: Machine | null = null;
    const ticks = () => {
      machine?.onTicks();
      return 0;
    };
    machine = new Machine(await Router.of(binary, { ...still, ticks }), globals, capacities);
    return machine;
  }

  /** A request that is encoded once, to be made many times; gives its answer's bytes, as a view, or null for NOT_FOUND. */
  prepare<M extends MessageName>(name: M, values: Request<M>, tail?: Uint8Array): () => Uint8Array | null {
    const { router } = this;
    const { kind } = messages[name];
    const body = encodeRequest(name, values, tail);
    return () => {
      router.bytes(router.exports.requestBuffer(), body.length).set(body);
      const length = router.exports.call(kind, body.length);
      const answer = router.bytes(router.exports.responseBuffer(), length < 0 ? nak.size : length);
      if (length >= 0) return answer;
      const refused = Refused.from(name, answer);
      if (refused.status === Status.NOT_FOUND) return null;
      throw refused;
    };
  }

  keep(): Uint8Array {
    this.#keeping.keepGlobals(this.#globalsAt);
    return this.router.bytes(0, this.#size).slice();
  }

  restore(state: Uint8Array): void {
    this.router.bytes(0, this.#size).set(state);
    this.#keeping.restoreGlobals(this.#globalsAt);
  }

  /**
   * The same for two states where all is the same that has a part in what the router does next, but for BFD sessions: of these
   * the model knows whether they are up, and waits for none of their packets.
   */
  keyOf(state: Uint8Array): string {
    this.#scratch.set(state);
    for (const [from, to] of this.#ignored) this.#scratch.fill(0, from, to);
    return hash("sha256", this.#scratch, "base64");
  }

  get #keeping(): Keeping {
    return this.router.exports as unknown as Keeping;
  }
}

/** The module of this text with `Keeping`, and the names of its globals in the order in which they are kept: first those that are ignored. */
async function withKeeping(text: string): Promise<{ binary: Uint8Array; globals: string[] }> {
  // Names of generic functions are quoted, which wabt does not read.
  const plain = text.replace(/\$"([^"]*)"/g, (_, name: string) => `$${name.replace(/[^\w/]/g, "_")}`);
  const found = [...plain.matchAll(/\(global (\S+) \(mut (i32|i64)\)/g)].map(([, name, type]) => ({
    name: name!,
    type: type!,
  }));
  const globals = [
    ...found.filter(({ name }) => isIgnored(name)),
    ...found.filter(({ name }) => !isIgnored(name)),
  ];
  const keep = globals.map(
    ({ name, type }, index) =>
      `(${type}.store offset=${index * GLOBAL_BYTES} (local.get $at) (global.get ${name}))`,
  );
  const restore = globals.map(
    ({ name, type }, index) =>
      `(global.set ${name} (${type}.load offset=${index * GLOBAL_BYTES} (local.get $at)))`,
  );
  const added = [
    `(func (export "keepGlobals") (param $at i32) ${keep.join(" ")})`,
    `(func (export "restoreGlobals") (param $at i32) ${restore.join(" ")})`,
  ];
  const { parseWat } = await wabt();
  const features = { bulk_memory: true, mutable_globals: true };
  const end = plain.lastIndexOf(")");
  const module = parseWat("router.wat", `${plain.slice(0, end)}${added.join(" ")})`, features);
  try {
    return { binary: module.toBinary({}).buffer, globals: globals.map(({ name }) => name) };
  } finally {
    module.destroy();
  }
}
