/** Wall time of a scenario on the WASM target: setting it up, playing it, and making the report. */
import { openWasm } from "../../host/target/wasm.js";
import { measure } from "../measure/index.js";
import type { Summary } from "../measure/result.js";
import { runScenario } from "../run.js";
import { loadScenario } from "../scenario/load.js";
import { checkExpectations } from "../world/expectations.js";
import { seldom, summaryOf } from "./rate.js";

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
    const { observations, targets } = await runScenario(scenario, { openTarget: () => openWasm("host") });
    measure({
      generator: "bench",
      scenario: { name, title: scenario.title, description: scenario.description },
      targets,
      seed: 1,
      observations,
      expectations: checkExpectations(scenario, observations),
    });
    if (turn >= warmUp) times.push(performance.now() - start);
    packets = observations[0]!.streams.reduce((sum, stream) => sum + stream.packets, 0);
    duration = scenario.duration;
    onProgress((turn + 1) / (warmUp + repeats));
  }
  return { scenario: name, duration, packets, wall: summaryOf(times) };
}
