import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { SerialPort, SerialPortMock } from "serialport";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Client } from "../../../host/protocol/client.js";
import { TargetError } from "../../../host/target-error.js";
import { listPorts, SerialLine } from "../../../host/transport/serial.js";
import { openPseudoTerminal, type PseudoTerminal } from "../../pseudo-terminal.js";

let far: PseudoTerminal;

beforeEach(async () => {
  far = await openPseudoTerminal();
});

afterEach(() => far.end());

/** The reason why the line is gone. */
function end(line: SerialLine): Promise<Error> {
  return new Promise(resolve => {
    line.onClose = resolve;
  });
}

/** The next bytes at the far end. */
function arrival(): Promise<Uint8Array> {
  return new Promise(resolve => {
    far.line.onData = resolve;
  });
}

/** Writes that nobody reads, more than fit on the way. */
function flood(line: SerialLine): Promise<PromiseSettledResult<void>[]> {
  process.kill(far.pid, "SIGSTOP");
  return Promise.allSettled(Array.from({ length: 100 }, () => line.write(new Uint8Array(4096))));
}

describe("a serial port", () => {
  it("carries any byte both ways, on a pseudo-terminal that has no modem lines too", async () => {
    const line = await SerialLine.open(far.path);
    const bytes = Uint8Array.from({ length: 256 }, (_, value) => value);
    const echoed: number[] = [];
    const complete = new Promise<void>(resolve => {
      line.onData = chunk => {
        echoed.push(...chunk);
        if (echoed.length >= bytes.length) resolve();
      };
    });
    far.line.onData = chunk => far.line.write(chunk);
    await line.write(bytes);
    await complete;
    expect(echoed).toEqual([...bytes]);
    await line.close();
  });

  it("is opened with the baud rate asked for, and so that closing it resets no board", async () => {
    const line = await SerialLine.open(far.path, 57_600);
    const settings = execFileSync("stty", ["-F", realpathSync(far.path), "-a"], { encoding: "utf8" });
    expect(settings).toMatch(/^speed 57600 baud/);
    expect(settings).toContain(" -hupcl ");
    await line.close();
  });

  it("begins without what an earlier session left unread", async () => {
    const reader = spawn("dd", [`if=${far.path}`, "bs=1", "count=1"], { stdio: "ignore" });
    await far.line.write(Uint8Array.of(6, 7));
    await once(reader, "exit");
    const line = await SerialLine.open(far.path);
    const first = new Promise(resolve => {
      line.onData = resolve;
    });
    await far.line.write(Uint8Array.of(8));
    expect(await first).toEqual(Buffer.of(8));
    await line.close();
  });

  it("that is missing is said to be", async () => {
    const opening = SerialLine.open("/dev/nearhop-none");
    await expect(opening).rejects.toBeInstanceOf(TargetError);
    await expect(opening).rejects.toThrow("cannot open /dev/nearhop-none: No such file or directory");
  });
});

describe("a serial port in use", () => {
  const here = new RegExp(`in use by .+ \\(pid ${process.pid}\\)$`);

  it("is refused, with by whom", async () => {
    const line = await SerialLine.open(far.path);
    const opening = SerialLine.open(far.path);
    await expect(opening).rejects.toBeInstanceOf(TargetError);
    await expect(opening).rejects.toThrow(here);
    await line.close();
    await (await SerialLine.open(far.path)).close();
  });

  it("is refused where a program has it that takes no lock", async () => {
    const script = 'exec < "$0"; echo open; read line';
    const other = spawn("sh", ["-c", script, far.path], { stdio: ["ignore", "pipe", "ignore"] });
    await once(other.stdout, "data");
    await expect(SerialLine.open(far.path)).rejects.toThrow(`in use by sh (pid ${other.pid})`);
    other.kill();
    await once(other, "exit");
  });

  it("is one's of two who open it at the same time, and the other is told whose", async () => {
    const openings = await Promise.allSettled([SerialLine.open(far.path), SerialLine.open(far.path)]);
    const lines = openings.flatMap(opening => (opening.status === "fulfilled" ? [opening.value] : []));
    const reasons = openings.flatMap(opening => (opening.status === "rejected" ? [opening.reason] : []));
    expect(lines).toHaveLength(1);
    expect(reasons).toEqual([expect.any(TargetError)]);
    expect(reasons[0].message).toMatch(here);
    await lines[0]!.close();
  });
});

describe("a serial port that is closed", () => {
  it("fails its pending writes, and ends nothing else", async () => {
    const line = await SerialLine.open(far.path);
    const writes = flood(line);
    await line.close();
    process.kill(far.pid, "SIGCONT");
    const failed = (await writes).filter(({ status }) => status === "rejected");
    expect(failed.length).toBeGreaterThan(0);
    for (const { reason } of failed as PromiseRejectedResult[]) expect(reason).toBeInstanceOf(TargetError);
  });

  it("can be closed again, refuses to write, and says once that it is gone", async () => {
    const line = await SerialLine.open(far.path);
    const reasons: string[] = [];
    line.onClose = ({ message }) => reasons.push(message);
    await line.close();
    await line.close();
    await expect(line.write(Uint8Array.of(1))).rejects.toBeInstanceOf(TargetError);
    expect(reasons).toEqual([`${far.path} was closed`]);
  });
});

describe("a peer that", () => {
  it("dies is the end of the line, at the next write at the latest", async () => {
    const client = new Client(await SerialLine.open(far.path), { patience: 100 });
    const failed = client.hello().catch(({ message }) => message);
    await arrival();
    await far.end();
    // By the poll, or by the write that finds it gone.
    expect(await failed).toMatch(
      /^the line to the target is gone: .*: (bad file descriptor|EIO: i\/o error)/,
    );
    await client.close();
  });

  it("is dead when a read begins, which goes on for ever then, is told by the next write", async () => {
    const port = new SerialPort({ path: far.path, baudRate: 115_200, hupcl: false });
    await once(port, "open");
    await far.end();
    const line = await SerialLine.over(port);
    const gone = end(line);
    const reason = `${far.path}: EIO: i/o error, write`;
    await expect(line.write(Uint8Array.of(1))).rejects.toThrow(new TargetError(reason));
    expect(await gone).toEqual(new TargetError(reason));
    await line.close();
  });

  it("stops is silent, although the port is well", async () => {
    const client = new Client(await SerialLine.open(far.path), { patience: 1 });
    process.kill(far.pid, "SIGSTOP");
    await expect(client.hello()).rejects.toThrow("the target is silent");
    process.kill(far.pid, "SIGCONT");
    await client.close();
  });
});

describe("what a pseudo-terminal has not:", () => {
  let port: SerialPortMock;

  beforeEach(async () => {
    SerialPortMock.binding.createPort("/dev/board");
    port = new SerialPortMock({ path: "/dev/board", baudRate: 115_200 });
    await once(port, "open");
  });

  afterEach(() => SerialPortMock.binding.reset());

  const take = () => SerialLine.over(port as unknown as SerialPort);

  it("modem lines that stay up, and an adapter that is told to hold no bytes back", async () => {
    const set = vi.spyOn(port.port!, "set");
    const line = await take();
    const changed = expect.objectContaining({ dtr: true, rts: true, brk: false, lowLatency: true });
    expect(set.mock.calls).toEqual([[changed]]);
    await line.close();
  });

  it("modem lines that cannot be set; the port is used as it is", async () => {
    port.port!.set = async () => {
      throw new Error("Error: Inappropriate ioctl for device, cannot set");
    };
    const line = await take();
    await line.write(Uint8Array.of(1));
    expect(port.port!.lastWrite).toEqual(Buffer.of(1));
    await line.close();
  });

  it("an error on write as of an adapter that was pulled: the end of the line, with its reason", async () => {
    const line = await take();
    const gone = end(line);
    port.port!.write = async () => {
      throw new Error("EIO: i/o error, write");
    };
    const reason = "/dev/board: EIO: i/o error, write";
    await expect(line.write(Uint8Array.of(1))).rejects.toThrow(new TargetError(reason));
    expect(await gone).toEqual(new TargetError(reason));
    await line.close();
  });
});

describe("the list of serial ports", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("is what udevadm knows, without pseudo-terminals", async () => {
    const folder = mkdtempSync(join(tmpdir(), "nearhop-test-"));
    const udevadm = join(folder, "udevadm");
    writeFileSync(
      udevadm,
      "#!/bin/sh\nprintf 'P: /a\\nN: %s\\nE: DEVNAME=/dev/%s\\n' ttyACM0 ttyACM0 pts/0 pts/0\n",
    );
    chmodSync(udevadm, 0o755);
    vi.stubEnv("PATH", `${folder}:${process.env.PATH}`);
    expect(await listPorts()).toEqual([expect.objectContaining({ path: "/dev/ttyACM0" })]);
    rmSync(folder, { recursive: true });
  });

  it("is not had where udevadm is missing, but ports may be named", async () => {
    vi.stubEnv("PATH", "");
    const listing = listPorts();
    await expect(listing).rejects.toBeInstanceOf(TargetError);
    await expect(listing).rejects.toThrow("cannot list the serial ports, so name them: spawn udevadm ENOENT");
  });
});

it("a worker thread is refused, where the package would end the process", async () => {
  const built = new URL("../../../dist/host/transport/serial.js", import.meta.url);
  const worker = new Worker(
    `import(${JSON.stringify(built.href)})
      .then(({ SerialLine }) => SerialLine.open("/dev/nearhop-none"))
      .catch(error => require("node:worker_threads").parentPort.postMessage(String(error)));`,
    { eval: true },
  );
  const said = await new Promise(resolve => worker.once("message", resolve));
  expect(said).toBe("TargetError: cannot open /dev/nearhop-none: serial ports need the main thread");
  await worker.terminate();
});
