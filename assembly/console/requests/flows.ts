import { setFlows } from "../../flow/index";
import { now } from "../../schedule";
import { requestBody } from "../frame";
import * as m from "../messages";
import { done } from "../refusal";
import { read32, read64 } from "../wire";

export function flows(): i32 {
  const body = requestBody();
  return done(
    setFlows(
      load<u8>(body, m.FLOWS_REQUEST_FLAGS),
      read64(body + m.FLOWS_REQUEST_FLOW_IDLE),
      read32(body + m.FLOWS_REQUEST_BUCKET_IDLE),
      read32(body + m.FLOWS_REQUEST_BUCKET_DEADLINE),
      read32(body + m.FLOWS_REQUEST_KEY),
      read32(body + m.FLOWS_REQUEST_KEY + 4),
      now(),
    ),
  );
}
