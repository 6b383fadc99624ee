import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // serialport aborts the process in a worker thread, so each test file is a child process.
    pool: "forks",
    maxWorkers: 2,
    globalSetup: ["test/build.ts"],
    // Generous, for a slow machine: no test is about wall time.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
