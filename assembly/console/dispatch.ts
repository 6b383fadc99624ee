/** Requests by kind, and the shape that each must have. */
import { isConfigured } from "../configure";
import { Status } from "../status";
import * as m from "./messages";
import { refuse } from "./refusal";
import { bfd, bfdState } from "./requests/bfd";
import { configureRouter, hello } from "./requests/device";
import { flows } from "./requests/flows";
import { counters, forwardPacket } from "./requests/packets";
import { event, measure, progress, records, run, speaker, stream } from "./requests/probe";
import { announceRoutes, lookup, route, state, withdrawRoutes } from "./requests/routes";
import { distance, neighbor, path, port, reversion, settings } from "./requests/topology";

/** Carries out the request whose body of `length` bytes stands at `requestBody()`. */
export function dispatch(kind: u32, length: u32): i32 {
  const fixed = fixedSize(kind);
  if (fixed < 0) return refuse(Status.UNKNOWN_KIND);
  const fits = length <= m.BODY_LIMIT && (hasTail(kind) ? length >= <u32>fixed : length == <u32>fixed);
  if (!fits) return refuse(Status.BAD_LENGTH);
  if (!isConfigured() && kind != m.Kind.HELLO && kind != m.Kind.CONFIGURE) {
    return refuse(Status.NOT_CONFIGURED);
  }
  return carryOut(kind, length);
}

/** Size of the fixed part of a request's body; -1 for a kind that is no request. */
function fixedSize(kind: u32): i32 {
  switch (kind) {
    case m.Kind.HELLO:
    case m.Kind.COUNTERS:
    case m.Kind.PROGRESS:
    case m.Kind.STATE:
      return 0;
    case m.Kind.CONFIGURE:
      return m.CONFIGURE_REQUEST_SIZE;
    case m.Kind.SETTINGS:
      return m.SETTINGS_REQUEST_SIZE;
    case m.Kind.PORT:
      return m.PORT_REQUEST_SIZE;
    case m.Kind.NEIGHBOR:
      return m.NEIGHBOR_REQUEST_SIZE;
    case m.Kind.PATH:
      return m.PATH_REQUEST_SIZE;
    case m.Kind.ANNOUNCE:
      return m.ANNOUNCE_REQUEST_SIZE;
    case m.Kind.WITHDRAW:
      return m.WITHDRAW_REQUEST_SIZE;
    case m.Kind.LOOKUP:
      return m.LOOKUP_REQUEST_SIZE;
    case m.Kind.ROUTE:
      return m.ROUTE_REQUEST_SIZE;
    case m.Kind.FORWARD:
      return m.FORWARD_REQUEST_SIZE;
    case m.Kind.STREAM:
      return m.STREAM_REQUEST_SIZE;
    case m.Kind.EVENT:
      return m.EVENT_REQUEST_SIZE;
    case m.Kind.SPEAKER:
      return m.SPEAKER_REQUEST_SIZE;
    case m.Kind.RUN:
      return m.RUN_REQUEST_SIZE;
    case m.Kind.RECORDS:
      return m.RECORDS_REQUEST_SIZE;
    case m.Kind.MEASURE:
      return m.MEASURE_REQUEST_SIZE;
    case m.Kind.BFD:
      return m.BFD_REQUEST_SIZE;
    case m.Kind.BFD_STATE:
      return m.BFD_STATE_REQUEST_SIZE;
    case m.Kind.FLOWS:
      return m.FLOWS_REQUEST_SIZE;
    case m.Kind.REVERSION:
      return m.REVERSION_REQUEST_SIZE;
    case m.Kind.DISTANCE:
      return m.DISTANCE_REQUEST_SIZE;
    default:
      return -1;
  }
}

function hasTail(kind: u32): bool {
  switch (kind) {
    case m.Kind.PATH:
    case m.Kind.ANNOUNCE:
    case m.Kind.WITHDRAW:
    case m.Kind.FORWARD:
    case m.Kind.MEASURE:
      return true;
    default:
      return false;
  }
}

function carryOut(kind: u32, length: u32): i32 {
  switch (kind) {
    case m.Kind.HELLO:
      return hello();
    case m.Kind.CONFIGURE:
      return configureRouter();
    case m.Kind.SETTINGS:
      return settings();
    case m.Kind.PORT:
      return port();
    case m.Kind.NEIGHBOR:
      return neighbor();
    case m.Kind.PATH:
      return path(length);
    case m.Kind.ANNOUNCE:
      return announceRoutes(length);
    case m.Kind.WITHDRAW:
      return withdrawRoutes(length);
    case m.Kind.LOOKUP:
      return lookup();
    case m.Kind.ROUTE:
      return route();
    case m.Kind.FORWARD:
      return forwardPacket(length);
    case m.Kind.COUNTERS:
      return counters();
    case m.Kind.STREAM:
      return stream();
    case m.Kind.EVENT:
      return event();
    case m.Kind.SPEAKER:
      return speaker();
    case m.Kind.RUN:
      return run();
    case m.Kind.PROGRESS:
      return progress();
    case m.Kind.STATE:
      return state();
    case m.Kind.MEASURE:
      return measure(length);
    case m.Kind.BFD:
      return bfd();
    case m.Kind.BFD_STATE:
      return bfdState();
    case m.Kind.FLOWS:
      return flows();
    case m.Kind.REVERSION:
      return reversion();
    case m.Kind.DISTANCE:
      return distance();
    default:
      return records();
  }
}
