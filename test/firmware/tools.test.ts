import { afterEach, expect, it, vi } from "vitest";
import { buildImage } from "../../firmware/build/image.js";
import { openEmulated } from "../../host/target/emulated.js";
import { TargetError } from "../../host/target-error.js";
import { folder } from "./folder.js";

const directory = folder();

afterEach(() => vi.unstubAllEnvs());

it("names the package of a compiler that is missing", async () => {
  vi.stubEnv("PATH", "");
  const building = buildImage("mps2-an385", directory);
  await expect(building).rejects.toThrow(TargetError);
  await expect(building).rejects.toThrow(/arm-none-eabi-gcc is missing.*apt-get install gcc-arm-none-eabi/);
});

it("names the package of an emulator that is missing", async () => {
  vi.stubEnv("PATH", "");
  const opening = openEmulated("mps2-an385", directory);
  await expect(opening).rejects.toThrow(TargetError);
  await expect(opening).rejects.toThrow(/qemu-system-arm is missing.*apt-get install qemu-system-arm/);
});

it("names the command that builds an image that is missing", async () => {
  const opening = openEmulated("mps2-an385", directory);
  await expect(opening).rejects.toThrow(TargetError);
  await expect(opening).rejects.toThrow("nearhop build mps2-an385");
});

it("names the command that builds a core that is missing", async () => {
  const building = buildImage("mps2-an385", directory, () => {}, `${directory}/router.wasm`);
  await expect(building).rejects.toThrow(TargetError);
  await expect(building).rejects.toThrow("npm run build:core");
});
