import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // serialport aborts the process in a worker thread, so each test file is a child process.
    pool: "forks",
    globalSetup: ["test/build.ts"],
    testTimeout: 60_000,
  },
});
