/** How it was measured, so that nobody reads more into a figure than it says. */
import type { Report } from "../../measure/result.js";
import { clockNote } from "../naming.js";
import { time } from "../units.js";
import { type Markup, markup } from "./markup.js";

export function method(report: Report): Markup {
  const { basis, sustainedWindow, forwardingDelayThreshold } = report.method;
  const note = clockNote(report);
  const virtual = report.targets.some(({ clock }) => clock === "virtual");
  return markup`<section id="method"><h2>How this was measured</h2><div class="card prose">
<p>Figures are ${basis}, and claim nothing finer than ${time(report.resolution.value)}: ${report.resolution.reason}. A value in brackets is its accuracy interval: the true time lies inside it. “&lt; 10 ms” says that no packet was lost, and that a gap shorter than that would not have been seen.</p>
<ul>
<li><b>gap</b>: Route Loss of Connectivity Period (RFC 6412, 3.6.5), packets lost times their interval.</li>
<li><b>settled after</b>: Route-Specific Convergence Time (3.6.3), from the event to the first packet of the settled state; the time in which the event reached the router is part of it.</li>
<li><b>first route</b> and <b>full convergence</b>: the first route of the router to come by a new way, and the last to settle (3.6.2, 3.6.1). Averages (3.6.4, 3.6.6) are over the disturbed routes. Of the streams that sample one client’s way to one prefix, the one with the closest packets stands for it.</li>
<li><b>failover time</b> and, after a return, <b>reversion time</b>: from the last packet before to the first one after that were answered once and in order, less the time between two packets (RFC 6414, 3.5.3 and 3.5.4, by the Timestamp-Based Method, 3.6.3). The longest of the router’s routes.</li>
<li>A state counts as sustained when it lasts ${time(sustainedWindow)} or five packets (3.7.5). ${
    forwardingDelayThreshold === null
      ? "An answer counts however late it comes."
      : `An answer later than ${time(forwardingDelayThreshold)} counts as lost.`
  }</li>
<li>Losses on a link with random loss, and at a site over its capacity, are counted as lost but are no gap: no route failed.</li>
<li>What happens between an event and the next one is put down to the first.</li>
${virtual ? markup`<li>The clock is virtual: the same scenario and seed give the same figures every time.</li>` : null}
${note === "" ? null : markup`<li>${note} The numbers of groups and route sets are what counts.</li>`}
</ul></div></section>`;
}
