/**
 * The form of a scenario file. What a name refers to and whether events make sense is checked afterwards, by `resolve.ts`;
 * `docs/scenario-reference.md` explains every key.
 */
import { z } from "zod";
import { type Complaint, flag, object, parsed, text, whole } from "../../host/yaml/form.js";
import { DAMPING, PINNED_IDLE } from "./defaults.js";
import {
  bfdInterval,
  bucketIdle,
  name,
  nameKey,
  pinnedIdle,
  positiveShortTime,
  positiveTime,
  rate,
  routerId,
  share,
  shareOfWhole,
  shortTime,
  shortTimeOrNone,
  time,
} from "./quantity.js";

const AS_NUMBER = 4294967295;

/** Lets `subject` stand for `{key: subject}`. */
function short<S extends z.ZodType>(key: string, schema: S) {
  return z.preprocess(
    value =>
      typeof value === "object" && value !== null && !Array.isArray(value) ? value : { [key]: value },
    schema,
  );
}

/** Lets `none` stand for null. */
function orNone<S extends z.ZodType>(schema: S) {
  return z.preprocess(value => (value === "none" ? null : value), schema.nullable());
}

function named<S extends z.ZodType>(schema: S) {
  // A node without any properties is written `London:`.
  return z.record(
    nameKey,
    z.preprocess(value => value ?? {}, schema),
  );
}

const twoNames = z.tuple([name, name]);
/** A link by its two ends. */
const pair = parsed("a link as [A, B]", value => twoNames.safeParse(value).data);
/** A site or transit node by its name, or a link. */
const nodeOrLink = parsed(
  "a name, or a link as [A, B]",
  value => z.union([name, twoNames]).safeParse(value).data,
);

const attributes = {
  prepend: whole(0, 32).optional(),
  local_pref: whole(0, 4294967295).optional(),
  med: whole(0, 4294967295).optional(),
  weight: whole(0, 255).optional(),
};

const site = object({
  announces: z.array(text).optional(),
  capacity: whole(1, 1e9).optional(),
  as: whole(1, AS_NUMBER).optional(),
  transit: flag.default(false),
  ...attributes,
});

const decision = object({
  always_compare_med: flag.optional(),
  deterministic_med: flag.optional(),
  compare_router_id: flag.optional(),
  ignore_as_path_len: flag.optional(),
  med_missing_as_worst: flag.optional(),
});

const flows = object({
  pinned: parsed("a power of two from 8 to 16777216, or none", value =>
    value === "none"
      ? 0
      : typeof value === "number" && Number.isInteger(Math.log2(value)) && value >= 8 && value <= 2 ** 24
        ? value
        : undefined,
  ).default(0),
  pinned_idle: pinnedIdle.default(PINNED_IDLE),
  bucket_idle: bucketIdle.default(0),
  bucket_deadline: shortTimeOrNone.default(0),
  flow_label: flag.default(false),
});

const router = object({
  target: text.optional(),
  as: whole(1, AS_NUMBER).optional(),
  router_id: routerId.optional(),
  max_paths: whole(1, 32).default(1),
  buckets: parsed("a power of two up to 256", value =>
    typeof value === "number" && Number.isInteger(Math.log2(value)) && value >= 1 && value <= 256
      ? value
      : undefined,
  ).default(64),
  hold_time: shortTimeOrNone.optional(),
  keep_alive: positiveShortTime.optional(),
  decision: decision.prefault({}),
  flows: flows.prefault({}),
  background_prefixes: parsed("a number of prefixes up to 4000000, or table", value =>
    value === "table" || (Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 4e6)
      ? (value as number | "table")
      : undefined,
  ).default(0),
});

const transit = object({ as: whole(1, AS_NUMBER).optional() });

const sessions = object({
  concurrent: whole(1, 256),
  length: shortTimeOrNone,
  packet_every: positiveShortTime.default(100_000),
});

const client = object({
  router: name,
  prefixes: z.array(text).optional(),
  queries: rate.default(0),
  flows: whole(1, 256).default(1),
  sessions: sessions.optional(),
  rtt: shortTime.default(0),
  loss: share.default(0),
  scale: whole(1, 1e6).default(1),
});

const bfd = object({ interval: bfdInterval, multiplier: whole(1, 255).default(3) });

const damping = orNone(
  object({
    half_life: positiveShortTime.default(DAMPING.halfLife),
    max_suppress: positiveShortTime.default(DAMPING.maxSuppress),
    penalty: whole(1, 65535).default(DAMPING.penalty),
    suppress: whole(1, 65535).default(DAMPING.suppress),
    reuse: whole(1, 65535).default(DAMPING.reuse),
  }),
);

const link = object({
  between: pair,
  rtt: shortTime.optional(),
  latency: shortTime.optional(),
  cost: whole(1, 0xffff_ff).optional(),
  loss: share.default(0),
  mtu: whole(1280, 65535).default(1500),
  bfd: bfd.optional(),
  wait_to_restore: shortTimeOrNone.optional(),
  damping: damping.optional(),
  graceful_shutdown: flag.optional(),
});

/** A number alone is the most that is allowed. */
function bounds<S extends z.ZodType<number>>(quantity: S) {
  return short("at_most", object({ at_least: quantity.optional(), at_most: quantity.optional() }));
}

const count = whole(0, 1e12);

const clientExpectation = short(
  "site",
  object({
    site: name.optional(),
    prefixes: z.record(z.string(), name).optional(),
    gap: bounds(time).optional(),
    lost: bounds(count).optional(),
    sessions_broken: bounds(count).optional(),
    sessions_lost: bounds(count).optional(),
  }),
);

const expectations = z.record(nameKey, clientExpectation);

/** Queries a second; the share is that of all that sites are offered. */
const siteLoad = short(
  "offered",
  object({
    offered: bounds(count).optional(),
    served: bounds(count).optional(),
    share: bounds(shareOfWhole).optional(),
  }),
);

const siteLoads = z.record(nameKey, siteLoad);

const siteChange = short("site", object({ site: name, prefixes: z.array(text).optional() }));

/** The kinds of event, each a key of an event. */
const change = {
  withdraw: siteChange,
  announce: short("site", object({ site: name, prefixes: z.array(text).optional(), ...attributes })),
  graceful_shutdown: siteChange,
  silent_death: nodeOrLink,
  return: nodeOrLink,
  port_down: nodeOrLink,
  port_up: nodeOrLink,
  metric: object({ link: pair, cost: whole(1, 0xffff_ff) }),
  latency: object({ link: pair, rtt: shortTime.optional(), latency: shortTime.optional() }),
  overload: object({
    clients: z.preprocess(value => (Array.isArray(value) ? value : [value]), z.array(name).min(1)),
    queries: rate,
    for: positiveTime.optional(),
  }),
  flap: object({
    withdraw: siteChange.optional(),
    silent_death: nodeOrLink.optional(),
    port_down: nodeOrLink.optional(),
    down: positiveTime,
    up: positiveTime,
    times: whole(1, 10_000),
  }).check(exactlyOne(["withdraw", "silent_death", "port_down"])),
};

export type ChangeKey = keyof typeof change;
export const CHANGE_KEYS = Object.keys(change) as ChangeKey[];

function exactlyOne<T extends object>(keys: readonly string[]): z.core.CheckFn<T> {
  return payload => {
    const present = keys.filter(key => payload.value[key as keyof T] !== undefined);
    if (present.length === 1) return;
    payload.issues.push({
      code: "custom",
      input: payload.value,
      path: present.length > 1 ? [present[1]!] : [],
      params: {
        expected: `exactly one of ${keys.join(", ")}`,
        found: present.length > 1 ? present.join(" and ") : "none of them",
      } satisfies Complaint,
    });
  };
}

const event = object({
  at: time,
  id: name.optional(),
  expect: expectations.optional(),
  load: siteLoads.optional(),
  repair: object({ same_on: z.array(name).min(2) }).optional(),
  withdraw: change.withdraw.optional(),
  announce: change.announce.optional(),
  graceful_shutdown: change.graceful_shutdown.optional(),
  silent_death: change.silent_death.optional(),
  return: change.return.optional(),
  port_down: change.port_down.optional(),
  port_up: change.port_up.optional(),
  metric: change.metric.optional(),
  latency: change.latency.optional(),
  overload: change.overload.optional(),
  flap: change.flap.optional(),
}).check(exactlyOne(CHANGE_KEYS));

const routing = object({
  protocol: z.enum(["ebgp", "igp"]).default("ebgp"),
  metric: z.enum(["hop-count", "link-cost", "latency"]).default("link-cost"),
  hold_time: shortTimeOrNone.default(90_000_000),
  keep_alive: positiveShortTime.optional(),
  bfd: bfd.optional(),
  wait_to_restore: shortTimeOrNone.default(0),
  damping: damping.default(null),
  graceful_shutdown: flag.default(true),
});

export const scenarioFile = object({
  title: text.optional(),
  description: text.default(""),
  duration: positiveTime,
  prefixes: z.array(text).min(1),
  routing: routing.prefault({}),
  sites: named(site),
  routers: named(router),
  transit: named(transit).default({}),
  clients: named(client),
  links: z.array(link).min(1),
  expect: expectations.prefault({}),
  load: siteLoads.prefault({}),
  events: z.array(event).default([]),
});

export type ScenarioFile = z.infer<typeof scenarioFile>;
export type EventFile = ScenarioFile["events"][number];
export type ExpectationFile = ScenarioFile["expect"][string];
export type SiteLoadFile = ScenarioFile["load"][string];
