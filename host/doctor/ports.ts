/**
 * What a board on a serial port takes of Linux: a port that this user may open, no other program that talks to it, and no
 * adapter that holds bytes back. All is read below `root`, which is "/" but in tests.
 */
import { accessSync, constants, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { NEARHOP } from "../nearhop.js";
import { type Check, required } from "./check.js";
import { RULES } from "./udev.js";

export interface User {
  name: string;
  isRoot: boolean;
  /** Ids of the groups that this session is in. */
  groups: number[];
  /** Whether the session may read and write the device at a path. */
  mayUse(path: string): boolean;
}

/** The group of serial ports on Debian and Ubuntu. */
const PORTS_GROUP = "dialout";

/** Milliseconds that an adapter may hold bytes back. */
const PROMPT = 1;

export function examinePorts(root: string, user: User): Check[] {
  const names = entries(join(root, "sys/class/tty")).filter(name => /^tty(USB|ACM|AMA)\d+$/.test(name));
  return [
    ...names.map(name => port(root, user, name)),
    ...(names.length === 0 ? noPort(root, user) : []),
    ...latency(root),
    ...modemManager(root),
    ...rules(root),
  ];
}

/** Whoever has no board yet may still find out whether the ports will be theirs. */
function noPort(root: string, user: User): Check[] {
  const none = required("a serial port", "board", null, "plug a board in, or an adapter that leads to one");
  const group = groups(root).find(({ name }) => name === PORTS_GROUP);
  return user.isRoot || group === undefined ? [none] : [none, membership(user, group)];
}

function port(root: string, user: User, name: string): Check {
  const path = join(root, "dev", name);
  if (!existsSync(path)) return required(`port ${name}`, "port", null, "udev has made no device of it");
  if (user.mayUse(path)) return required(`port ${name}`, "port", path, "");
  const { gid, mode } = statSync(path);
  const group = groups(root).find(({ id }) => id === gid);
  if (group === undefined || group.name === "root" || (mode & 0o060) !== 0o060) {
    return required(`port ${name}`, "port", null, `its group may not use it: ${ruleRemedy()}`);
  }
  return { ...membership(user, group), what: `port ${name}` };
}

/** Whether the session is in a group, or what makes it so: a new member's open sessions are not. */
function membership(user: User, group: Group): Check {
  const isMember = group.members.includes(user.name);
  const remedy = isMember
    ? `${user.name} is in the group ${group.name}, but not in this session: log in anew`
    : `sudo adduser ${user.name} ${group.name}, then log in anew`;
  const found = user.groups.includes(group.id) ? `${user.name} is in it` : null;
  return required(`group ${group.name}`, "port", found, remedy);
}

interface Group {
  name: string;
  id: number;
  members: string[];
}

/** As group(5) lists them. */
function groups(root: string): Group[] {
  return (textOf(join(root, "etc/group")) ?? "").split("\n").flatMap(line => {
    const [name, , id, members] = line.split(":");
    return members === undefined ? [] : [{ name: name!, id: Number(id), members: members.split(",") }];
  });
}

/** FTDI's adapters wait for more bytes before they hand over what came. */
function latency(root: string): Check[] {
  const devices = join(root, "sys/bus/usb-serial/devices");
  return entries(devices).flatMap((name): Check[] => {
    const path = join(devices, name, "latency_timer");
    const timer = textOf(path);
    if (timer === null) return [];
    const what = `latency of ${name}`;
    const text = `${timer.trim()} ms`;
    if (Number(timer) <= PROMPT) return [{ what, use: "port", state: "ok", text }];
    return [{ what, use: "port", state: "advice", text: `${text}: echo ${PROMPT} | sudo tee ${path}` }];
  });
}

/** It asks every new port for seconds whether a modem is there, and a board takes that for damaged frames. */
function modemManager(root: string): Check[] {
  const proc = join(root, "proc");
  const pids = entries(proc).filter(name => /^\d+$/.test(name));
  const pid = pids.find(pid => textOf(join(proc, pid, "comm"))?.trim() === "ModemManager");
  if (pid === undefined || hasRules(root)) return [];
  const text = `pid ${pid} talks to new ports: ${ruleRemedy()}, or sudo systemctl disable --now ModemManager`;
  return [{ what: "ModemManager", use: "port", state: "advice", text }];
}

/** Those let a person at the machine use ports and probes without a group. Of no use where udev does not run. */
function rules(root: string): Check[] {
  if (!existsSync(join(root, "run/udev"))) return [];
  const what = "udev rules";
  if (hasRules(root)) return [{ what, use: "flash", state: "ok", text: RULES }];
  return [{ what, use: "flash", state: "advice", text: ruleRemedy() }];
}

function hasRules(root: string): boolean {
  return existsSync(join(root, RULES));
}

function ruleRemedy(): string {
  return `${NEARHOP} doctor --udev | sudo tee ${RULES}, then sudo udevadm control --reload and plug it in anew`;
}

function entries(path: string): string[] {
  return existsSync(path) ? readdirSync(path).sort() : [];
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

/** Whether this process may read and write at `path`. */
export function mayUse(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
