/**
 * The report as one HTML file that loads nothing: style, script and pictures are inside, and a content security policy keeps it so.
 * Every name out of the scenario goes through `markup`, which escapes it.
 */
import type { Report } from "../../measure/result.js";
import { conversations } from "./conversations.js";
import { events } from "./events.js";
import { loads } from "./load.js";
import { Markup, markup } from "./markup.js";
import { method } from "./method.js";
import { repeats } from "./repeats.js";
import { roundTrips } from "./roundtrip.js";
import { SCRIPT } from "./script.js";
import { STYLE } from "./style.js";
import { allExpectations, catchments, failures, header, tiles } from "./summary.js";
import { timeline } from "./timeline.js";

const HATCH = markup`<svg width="0" height="0" aria-hidden="true" style="position:absolute"><defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="solid" width="5" height="5"/><rect class="line" width="3" height="5"/></pattern></defs></svg>`;

export function html(report: Report): string {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${report.scenario.title}: ${report.verdict}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
${HATCH}
<main>
${header(report)}
${tiles(report)}
${timeline(report)}
${failures(report)}
${catchments(report)}
${events(report)}
${allExpectations(report)}
${roundTrips(report)}
${loads(report)}
${conversations(report)}
${repeats(report)}
${method(report)}
</main>
<footer>${report.generator}, ${report.schema}, seed ${report.seed}</footer>
<script>${new Markup(SCRIPT)}</script>
</body>
</html>
`.text;
}
