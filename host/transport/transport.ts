/** Bytes in, bytes out. What carries them (a port, a socket, a call) is the implementation's affair. */
export interface Transport {
  /** Resolves once the bytes were handed over; rejects with a `TargetError` where the line is gone. */
  write(bytes: Uint8Array): Promise<void>;
  /** Called with every chunk that arrives. Set before the first write. */
  onData: (chunk: Uint8Array) => void;
  /** Called once when the line is gone, with the reason. */
  onClose: (reason: Error) => void;
  close(): Promise<void>;
}
