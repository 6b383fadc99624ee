/** Ports: the router's interfaces, numbered from 0. A port that was never set is down. */
import { align } from "../memory";

@unmanaged
export class Port {
  address6High: u64;
  address6Low: u64;
  address4: u32;
  mtu: u16;
  up: u8;
}

const PORT_BYTES: usize = 24;

let table: usize = 0;
let capacity: u32 = 0;

export function bytesFor(ports: u32): usize {
  return align(<usize>ports * PORT_BYTES);
}

export function carve(base: usize, ports: u32): usize {
  table = base;
  capacity = ports;
  memory.fill(base, 0, bytesFor(ports));
  return base + bytesFor(ports);
}

export function isPort(number: u32): bool {
  return number < capacity;
}

/** The port `number`, which must be one. */
export function port(number: u32): Port {
  return changetype<Port>(table + <usize>number * PORT_BYTES);
}
