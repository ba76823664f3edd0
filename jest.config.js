module.exports = {
  testEnvironment: "node",
  clearMocks: true,
  transform: { "^.+\\.ts$": ["ts-jest", { diagnostics: false }] },
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  // No test times anything: this only ends one that hangs, on a machine however busy.
  testTimeout: 600_000,
  setupFilesAfterEnv: ["<rootDir>/setup.js"],
};
