import { isRunning, probeTime, startProbe } from "../../probe/index";
import { isTooLong, prepare, ticksOf } from "../../probe/measure";
import { lostRecords, recordAt, recordCount } from "../../probe/records";
import { setSpeaker } from "../../probe/speakers";
import { checkStream, stream as streamAt } from "../../probe/streams";
import { addEvent } from "../../probe/timeline";
import { lateness } from "../../schedule";
import { Status } from "../../status";
import { requestBody, responseBody } from "../frame";
import * as m from "../messages";
import { done, refuse } from "../refusal";
import { read16, read32, read64, readAddress32, readAddress64, write32, write64 } from "../wire";

export function stream(): i32 {
  if (isRunning()) return refuse(Status.BUSY);
  const body = requestBody();
  const number = read16(body + m.STREAM_REQUEST_STREAM);
  const ingress = load<u8>(body, m.STREAM_REQUEST_PORT);
  const family = load<u8>(body, m.STREAM_REQUEST_FAMILY);
  const transport = load<u8>(body, m.STREAM_REQUEST_TRANSPORT);
  const interval = read32(body + m.STREAM_REQUEST_INTERVAL);
  const status = checkStream(number, ingress, family, transport, interval);
  if (status != Status.OK) return refuse(status);
  const source = body + m.STREAM_REQUEST_SOURCE;
  const destination = body + m.STREAM_REQUEST_DESTINATION;
  const isV4 = family == 4;
  const s = streamAt(number);
  s.ingress = ingress;
  s.family = family;
  s.transport = transport;
  s.interval = interval;
  s.sourceHigh = isV4 ? 0 : readAddress64(source);
  s.sourceLow = isV4 ? <u64>readAddress32(source) : readAddress64(source + 8);
  s.destinationHigh = isV4 ? 0 : readAddress64(destination);
  s.destinationLow = isV4 ? <u64>readAddress32(destination) : readAddress64(destination + 8);
  s.firstPort = <u16>read16(body + m.STREAM_REQUEST_SOURCE_PORT);
  s.destinationPort = <u16>read16(body + m.STREAM_REQUEST_DESTINATION_PORT);
  s.start = read64(body + m.STREAM_REQUEST_START);
  s.count = read32(body + m.STREAM_REQUEST_COUNT);
  s.session = read32(body + m.STREAM_REQUEST_SESSION_PACKETS);
  return 0;
}

export function event(): i32 {
  if (isRunning()) return refuse(Status.BUSY);
  const body = requestBody();
  return done(
    addEvent(
      read64(body + m.EVENT_REQUEST_TIME),
      load<u8>(body, m.EVENT_REQUEST_KIND),
      read16(body + m.EVENT_REQUEST_SUBJECT),
      read32(body + m.EVENT_REQUEST_ARGUMENT),
      load<u8>(body, m.EVENT_REQUEST_FAMILY),
      // The prefix's length and address stand one behind the other, as ANNOUNCE takes them.
      body + m.EVENT_REQUEST_LENGTH,
    ),
  );
}

export function speaker(): i32 {
  if (isRunning()) return refuse(Status.BUSY);
  const body = requestBody();
  return done(
    setSpeaker(
      load<u8>(body, m.SPEAKER_REQUEST_NEIGHBOR),
      read32(body + m.SPEAKER_REQUEST_INTERVAL),
      read32(body + m.SPEAKER_REQUEST_PHASE),
    ),
  );
}

export function run(): i32 {
  return done(startProbe(read64(requestBody() + m.RUN_REQUEST_DURATION)));
}

export function progress(): i32 {
  const body = responseBody();
  store<u8>(body, isRunning() ? 1 : 0, m.PROGRESS_RESPONSE_RUNNING);
  write64(body + m.PROGRESS_RESPONSE_TIME, probeTime());
  write32(body + m.PROGRESS_RESPONSE_RECORDS, recordCount());
  write32(body + m.PROGRESS_RESPONSE_LOST, lostRecords());
  write32(body + m.PROGRESS_RESPONSE_LATENESS, <u32>min<u64>(lateness(), u32.MAX_VALUE));
  return m.PROGRESS_RESPONSE_SIZE;
}

/** As many records from `first` on as fit; none where there are no more. */
export function records(): i32 {
  const first = min(read32(requestBody() + m.RECORDS_REQUEST_FIRST), recordCount());
  const room = (m.BODY_LIMIT - m.RECORDS_RESPONSE_SIZE) / m.RECORD_SIZE;
  const count = min(recordCount() - first, room);
  store<u8>(responseBody(), <u8>count, m.RECORDS_RESPONSE_COUNT);
  memory.copy(responseBody() + m.RECORDS_RESPONSE_SIZE, recordAt(first), count * m.RECORD_SIZE);
  return m.RECORDS_RESPONSE_SIZE + count * m.RECORD_SIZE;
}

export function measure(length: u32): i32 {
  if (isRunning()) return refuse(Status.BUSY);
  const body = requestBody();
  const work = load<u8>(body, m.MEASURE_REQUEST_WORK);
  const size = <u32>load<u8>(body, m.MEASURE_REQUEST_ITEM_BYTES);
  const runs = read16(body + m.MEASURE_REQUEST_RUNS);
  const subject = read16(body + m.MEASURE_REQUEST_SUBJECT);
  const items = body + m.MEASURE_REQUEST_SIZE;
  const bytes = length - m.MEASURE_REQUEST_SIZE;
  const count: u32 = size == 0 ? 0 : bytes / size;
  if (count * size != bytes || count * 4 > m.BODY_LIMIT) return refuse(Status.BAD_LENGTH);
  for (let i: u32 = 0; i < count; i++) {
    const status = prepare(work, subject, items + i * size, size);
    if (status != Status.OK) return refuse(status, i);
    if (isTooLong(work, runs, count)) return refuse(Status.BAD_VALUE, i);
    write32(responseBody() + 4 * i, ticksOf(work, runs));
  }
  return 4 * count;
}
