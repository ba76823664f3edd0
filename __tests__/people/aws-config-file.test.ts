import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { awsConfigFile, updateAwsConfig } from "../../src/people/aws-config-file";
import { FileWriteError } from "../../src/source/file-write-error";
import { ProblemsError } from "../../src/source/problem";

const BLOCK = {
  owner: "arn:aws:iam::100000000001:user/alice",
  names: ["a/b"],
  body: "[profile a/b]",
};

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "crosstrust-config-"));
  file = join(folder, "aws", "config");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(content: string | Buffer, mode = 0o600): void {
  mkdirSync(join(folder, "aws"));
  writeFileSync(file, content);
  chmodSync(file, mode);
}

function modeOf(path: string): number {
  return statSync(path).mode & 0o777;
}

test("a file that is not there is made, for its owner alone, with its folder", () => {
  expect(updateAwsConfig(file, BLOCK)).toEqual({ kind: "written" });
  expect(readFileSync(file, "utf8")).toContain("[profile a/b]\n");
  expect([modeOf(file), modeOf(join(folder, "aws"))]).toEqual([0o600, 0o700]);
  expect(readdirSync(join(folder, "aws"))).toEqual(["config"]);
});

test("what was there stays byte by byte, in the file and beside it", () => {
  const before = Buffer.from([...Buffer.from("[default]\n# caf"), 0xe9, 0xff, 0x0a]);
  write(before, 0o640);
  const written = updateAwsConfig(file, BLOCK);

  expect(written).toEqual({ kind: "written", backup: `${file}.before-crosstrust` });
  expect(readFileSync(file).subarray(0, before.length)).toEqual(before);
  expect(readFileSync(`${file}.before-crosstrust`)).toEqual(before);
  expect([modeOf(file), modeOf(`${file}.before-crosstrust`)]).toEqual([0o640, 0o640]);
});

test("where nothing changes nothing is written, and the backup stays", () => {
  write("[default]\n");
  updateAwsConfig(file, BLOCK);
  const before = statSync(file, { bigint: true });

  expect(updateAwsConfig(file, BLOCK)).toEqual({ kind: "unchanged" });
  expect(statSync(file, { bigint: true }).mtimeNs).toBe(before.mtimeNs);
  expect(readFileSync(`${file}.before-crosstrust`, "utf8")).toBe("[default]\n");
});

test("a file that is a link stays one", () => {
  write("[default]\n");
  const link = join(folder, "link");
  symlinkSync(file, link);
  updateAwsConfig(link, BLOCK);

  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(file, "utf8")).toContain("[profile a/b]");
});

test("a file that has a profile of the same name is left alone, with its place told", () => {
  write("[default]\n[profile a/b]\n");

  expect(() => updateAwsConfig(file, BLOCK)).toThrow(ProblemsError);
  expect(() => updateAwsConfig(file, BLOCK)).toThrow(`${file}:2:1: expected no profile a/b`);
  expect(readFileSync(file, "utf8")).toBe("[default]\n[profile a/b]\n");
  expect(existsSync(`${file}.before-crosstrust`)).toBe(false);
});

test("a file that cannot be written is told as such", () => {
  write("[default]\n");

  expect(() => updateAwsConfig(join(file, "config"), BLOCK)).toThrow(FileWriteError);
  expect(() => updateAwsConfig(join(folder, "aws"), BLOCK)).toThrow(/nothing was changed/);
});

test.each([
  ["what AWS_CONFIG_FILE names", { AWS_CONFIG_FILE: "/etc/aws" }, "/etc/aws"],
  ["with ~ for the home folder", { AWS_CONFIG_FILE: "~/x" }, join(homedir(), "x")],
  ["the one in the home folder", {}, join(homedir(), ".aws", "config")],
  ["also where it is set to nothing", { AWS_CONFIG_FILE: "" }, join(homedir(), ".aws", "config")],
])("the file is %s", (_, env, expected) => {
  expect(awsConfigFile(env)).toBe(expected);
});
