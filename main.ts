import { buildApp } from "./src/app";
import { loadProject } from "./src/cli/project";
import { printProblems } from "./src/cli/print-problems";
import { processTerminal } from "./src/cli/process-terminal";
import { ProblemsError } from "./src/source/problem";
import { extend } from "./extensions";

try {
  buildApp(loadProject().model, extend).synth();
} catch (error) {
  if (!(error instanceof ProblemsError)) throw error;
  printProblems(processTerminal(), error.problems);
  process.exitCode = 2;
}
