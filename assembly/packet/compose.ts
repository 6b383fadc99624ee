export function compose4(
  at: usize,
  transport: u32,
  source: u32,
  destination: u32,
  sourcePort: u32,
  destinationPort: u32,
  tcpFlags: u32,
): u32 {
  return 0;
}

export function compose6(
  at: usize,
  transport: u32,
  sourceHigh: u64,
  sourceLow: u64,
  destinationHigh: u64,
  destinationLow: u64,
  sourcePort: u32,
  destinationPort: u32,
  tcpFlags: u32,
): u32 {
  return 0;
}
