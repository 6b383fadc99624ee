import { capacityRecord, configure, isConfigured, missingBytes, poolsFree, poolsUsed } from "../../configure";
import { copyIdentity, realMemory } from "../../identity";
import { poolsLimit } from "../../memory";
import { Status } from "../../status";
import { requestBody, responseBody, sequenceSoFar } from "../frame";
import * as m from "../messages";
import { refuse } from "../refusal";
import { write16, write32 } from "../wire";

export function hello(): i32 {
  const body = responseBody();
  store<u8>(body, <u8>m.PROTOCOL_VERSION, m.HELLO_RESPONSE_PROTOCOL);
  store<u8>(body, isConfigured() ? 1 : 0, m.HELLO_RESPONSE_CONFIGURED);
  write32(body + m.HELLO_RESPONSE_SCHEMA_HASH, m.SCHEMA_HASH);
  copyIdentity(body + m.HELLO_RESPONSE_BUILD_HASH);
  write32(body + m.HELLO_RESPONSE_MEMORY, <u32>poolsLimit(realMemory()));
  memory.copy(body + m.HELLO_RESPONSE_PORTS, capacityRecord(), m.CONFIGURE_REQUEST_SIZE);
  write16(body + m.HELLO_RESPONSE_SEQUENCE, sequenceSoFar());
  return m.HELLO_RESPONSE_SIZE;
}

export function configureRouter(): i32 {
  const status = configure(requestBody());
  if (status != Status.OK) return refuse(status, missingBytes());
  write32(responseBody() + m.CONFIGURE_RESPONSE_BYTES_USED, poolsUsed());
  write32(responseBody() + m.CONFIGURE_RESPONSE_BYTES_FREE, poolsFree());
  return m.CONFIGURE_RESPONSE_SIZE;
}
