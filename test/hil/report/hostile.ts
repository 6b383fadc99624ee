/** A report in which every name out of the scenario tries to be more than text. */
import { measure, type Report } from "../../../hil/measure/index.js";
import { example } from "../measure/example.js";

export const HOSTILE = `</script><script>alert(1)</script><img src=x onerror=alert(2)>" onload="alert(3)' & \u001b[31m\u0000]]>-->`;

export function hostile(): Report {
  const all = example();
  const evil = (name: string) => `${name}${HOSTILE}`;
  const observation = structuredClone(all.observations[0]!);
  for (const stream of observation.streams) {
    stream.client = evil(stream.client);
    stream.router = evil(stream.router);
    for (const span of stream.spans) {
      if (span.site !== null) span.site = evil(span.site);
      if (span.loss !== null) span.loss.detail = evil(span.loss.detail);
    }
  }
  for (const event of observation.events) {
    event.text = evil(event.text);
    event.kind = evil(event.kind);
    for (const sight of event.seenBy) sight.router = evil(sight.router);
  }
  for (const repair of observation.repairs) repair.router = evil(repair.router);
  for (const load of observation.loads) load.site = evil(load.site);
  return measure({
    ...all,
    scenario: { name: evil("name"), title: evil("title"), description: evil("description") },
    targets: all.targets.map(target => ({
      ...target,
      router: evil(target.router),
      board: evil(target.board),
    })),
    observations: [observation, observation],
    expectations: all.expectations.map(one => ({
      ...one,
      text: evil(one.text),
      expected: evil(one.expected),
      found: evil(one.found),
    })),
  });
}
