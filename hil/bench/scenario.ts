/** Wall time of a scenario on the WASM target: setting it up, playing it, and making the report. */
import { openWasm } from "../../host/target/wasm.js";
import { loadScenario } from "../scenario/load.js";
import { measured } from "./measured.js";
import { seldom } from "./rate.js";
import { type Summary, summaryOf } from "./summary.js";

export interface ScenarioFigures {
  scenario: string;
  /** Virtual time that is played, microseconds. */
  duration: number;
  /** Packets that the routers under test forwarded, in all streams together. */
  packets: number;
  /** Milliseconds from the file to the report. */
  wall: Summary;
}

export async function scenarioBench(
  name: string,
  onProgress: (share: number) => void = () => {},
): Promise<ScenarioFigures> {
  const { warmUp, repeats } = seldom;
  const times: number[] = [];
  let packets = 0;
  let duration = 0;
  for (let turn = 0; turn < warmUp + repeats; turn++) {
    const start = performance.now();
    const scenario = await loadScenario(name);
    const { streams } = await measured(scenario, { openTarget: () => openWasm("host") });
    if (turn >= warmUp) times.push(performance.now() - start);
    packets = streams.reduce((sum, stream) => sum + stream.packets, 0);
    duration = scenario.duration;
    onProgress((turn + 1) / (warmUp + repeats));
  }
  return { scenario: name, duration, packets, wall: summaryOf(times) };
}
