import { findProgram, requireTool } from "../../firmware/build/tools.js";

/** The command that runs an image in QEMU, its serial line on a unix socket. Throws a TargetError where QEMU is missing. */
export function qemu(board: string[]): (image: string, socket: string) => string[] {
  const program = requireTool("qemu-system-arm");
  return (image, socket) => [
    ...leash(),
    program,
    ...board,
    ...["-display", "none", "-monitor", "none", "-nic", "none"],
    ...["-chardev", `socket,id=line,path=${socket}`, "-serial", "chardev:line"],
    ...["-kernel", image],
  ];
}

/** An emulator that skips idle time never rests; where Linux can, it dies with this process, however that ends. */
function leash(): string[] {
  const setpriv = findProgram("setpriv");
  return setpriv === null ? [] : [setpriv, "--pdeathsig", "KILL"];
}
