import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { realpathSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { type SerialPort, SerialPortMock } from "serialport";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Client } from "../../../host/protocol/client.js";
import { TargetError } from "../../../host/target-error.js";
import { SerialLine } from "../../../host/transport/serial.js";
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
  it("is refused, with by whom", async () => {
    const line = await SerialLine.open(far.path);
    const opening = SerialLine.open(far.path);
    await expect(opening).rejects.toBeInstanceOf(TargetError);
    await expect(opening).rejects.toThrow(new RegExp(`in use by .+ \\(pid ${process.pid}\\)$`));
    await line.close();
    await (await SerialLine.open(far.path)).close();
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
  it("dies fails the request under way", async () => {
    const line = await SerialLine.open(far.path);
    const client = new Client(line, { patience: 100 });
    const failed = expect(client.hello()).rejects.toBeInstanceOf(TargetError);
    await arrival();
    await far.end();
    await failed;
    await client.close();
  });

  it("stops is silent, although the port is well", async () => {
    const client = new Client(await SerialLine.open(far.path), { patience: 1 });
    process.kill(far.pid, "SIGSTOP");
    await expect(client.hello()).rejects.toThrow("the target is silent");
    process.kill(far.pid, "SIGCONT");
    await client.close();
  });
});

it("an error on write is the end of the line, with its reason", async () => {
  SerialPortMock.binding.createPort("/dev/board");
  const port = new SerialPortMock({ path: "/dev/board", baudRate: 115_200 });
  await new Promise(resolve => port.once("open", resolve));
  const line = new SerialLine(port as unknown as SerialPort);
  const gone = end(line);
  port.port!.write = async () => {
    throw new Error("EIO: i/o error, write");
  };
  const reason = "/dev/board: EIO: i/o error, write";
  await expect(line.write(Uint8Array.of(1))).rejects.toThrow(new TargetError(reason));
  expect(await gone).toEqual(new TargetError(reason));
  await line.close();
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
