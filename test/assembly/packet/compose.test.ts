import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { Transport } from "../../../host/protocol/words.js";
import { type Unit, unit } from "../unit.js";
import {
  type Bytes,
  checksum,
  concat,
  ipv4,
  ipv6,
  pseudoHeader,
  read16,
  TCP,
  UDP,
  u16,
  udp,
} from "./build.js";

type Ports = [sourcePort: number, destinationPort: number, tcpFlags: number];

interface Compose {
  at(): number;
  compose4(at: number, transport: number, source: number, destination: number, ...ports: Ports): number;
  compose6(
    at: number,
    transport: number,
    sourceHigh: bigint,
    sourceLow: bigint,
    destinationHigh: bigint,
    destinationLow: bigint,
    ...ports: Ports
  ): number;
}

const source = `
  export { compose4, compose6 } from "./packet/compose";
  const buffer = memory.data(64, 8);
  export function at(): usize { return buffer; }
`;

let core: Unit<Compose>;
beforeAll(async () => {
  core = await unit<Compose>("mcu", source);
});

const number = (bytes: Bytes) => new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
const half = (bytes: Bytes, at: number) => new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(at);

function compose(from: Bytes, to: Bytes, transport: number, ...ports: Ports): Bytes {
  const at = core.at();
  const length =
    from.length === 4
      ? core.compose4(at, transport, number(from), number(to), ...ports)
      : core.compose6(at, transport, half(from, 0), half(from, 8), half(to, 0), half(to, 8), ...ports);
  return new Uint8Array(core.memory.buffer, at, length).slice();
}

function tcp(from: Bytes, to: Bytes, ...[sourcePort, destinationPort, flags]: Ports): Bytes {
  const sequence = new Array(8).fill(0);
  const segment = concat(
    u16(sourcePort),
    u16(destinationPort),
    sequence,
    [0x50, flags],
    u16(0xffff),
    [0, 0, 0, 0],
  );
  segment.set(u16(checksum(concat(pseudoHeader(from, to, TCP, segment.length), segment))), 16);
  return segment;
}

function expected(from: Bytes, to: Bytes, transport: number, ...ports: Ports): Bytes {
  const isTcp = transport === Transport.TCP;
  const payload = isTcp ? tcp(from, to, ...ports) : udp(from, to, ports[0], ports[1]);
  const protocol = isTcp ? TCP : UDP;
  return from.length === 4
    ? ipv4({ source: from, destination: to, protocol, payload, identification: 0, dontFragment: true })
    : ipv6({ source: from, destination: to, nextHeader: protocol, payload });
}

describe.each([4, 6])("a composed IPv%i packet", family => {
  const size = family === 4 ? 4 : 16;
  const address = fc.uint8Array({ minLength: size, maxLength: size });
  const port = fc.nat(65535);

  test.each(Object.entries(Transport))("is byte for byte the packet built slowly: %s", (_name, transport) => {
    fc.assert(
      fc.property(address, address, port, port, fc.nat(255), (from, to, ...ports) => {
        expect(compose(from, to, transport, ...ports)).toEqual(expected(from, to, transport, ...ports));
      }),
      { numRuns: 2000 },
    );
  });

  test("never has a UDP checksum of zero, which would mean that there is none", () => {
    const from = new Uint8Array(size).fill(1);
    const to = new Uint8Array(size).fill(2);
    const plain = compose(from, to, Transport.UDP, 0, 53, 0);
    const at = plain.length - 2;
    // The source port that brings the sum to all ones.
    const sourcePort = read16(plain, at);
    const packet = compose(from, to, Transport.UDP, sourcePort, 53, 0);
    expect(read16(packet, at)).toBe(0xffff);
    expect(packet).toEqual(expected(from, to, Transport.UDP, sourcePort, 53, 0));
  });
});
