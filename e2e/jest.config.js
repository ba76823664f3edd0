module.exports = {
  rootDir: "..",
  testEnvironment: "node",
  transform: { "^.+\\.ts$": ["ts-jest", { diagnostics: false }] },
  testMatch: ["<rootDir>/e2e/**/*.e2e.test.ts"],
  // A step is a deploy of many stacks by real Terraform.
  testTimeout: 300_000,
  verbose: true,
};
