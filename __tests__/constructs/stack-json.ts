import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import { z } from "zod";

const BLOCK = z.record(z.string(), z.unknown());
const BLOCKS = z.record(z.string(), z.record(z.string(), BLOCK));

const STACK_JSON = z.object({
  terraform: BLOCK,
  provider: z.record(z.string(), z.array(BLOCK)).default({}),
  resource: BLOCKS.default({}),
  data: BLOCKS.default({}),
  output: z
    .record(
      z.string(),
      z.object({ value: z.unknown(), depends_on: z.array(z.string()).optional() }),
    )
    .default({}),
  import: z.array(z.object({ to: z.string(), id: z.string() })).default([]),
});

/** A stack's Terraform JSON, as far as the tests look into it. */
export type StackJson = z.infer<typeof STACK_JSON>;

/** A resource, data source or provider. */
export type Block = z.infer<typeof BLOCK>;

/** Terraform JSON as parsed by Terraform: what came from cdktf is taken through its text. */
export function parseStack(json: unknown): StackJson {
  return STACK_JSON.parse(JSON.parse(typeof json === "string" ? json : JSON.stringify(json)));
}

/** Synthesizes a stack of its own, validations included, with what `define` puts into it. */
export function synthesizeStack(define: (stack: TerraformStack) => void): StackJson {
  const stack = new TerraformStack(Testing.app({ stackTraces: false }), "stack");
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  define(stack);
  // Testing.synth leaves this out; with it the references are those that App.synth writes.
  stack.prepareStack();
  return parseStack(Testing.synth(stack, true));
}

/** How many resources of each type a stack has. */
export function countResources({ resource }: StackJson): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(resource).map(([type, all]) => [type, Object.keys(all).length]),
  );
}

/** The resources of a type by address, without cdktf's own remarks. */
export function resourcesOf(stack: StackJson, type: string): Readonly<Record<string, Block>> {
  return Object.fromEntries(
    Object.entries(stack.resource[type] ?? {}).map(([name, { "//": _, ...block }]) => [
      `${type}.${name}`,
      block,
    ]),
  );
}

/** The only resource of a type. */
export function only(stack: StackJson, type: string): Block {
  const all = Object.values(resourcesOf(stack, type));
  if (all.length !== 1) throw new Error(`expected one ${type}, found ${all.length}`);
  return all[0];
}

/** The only resource of a type that has this name. */
export function named(stack: StackJson, type: string, name: string): Block {
  const all = Object.values(resourcesOf(stack, type)).filter((block) => block.name === name);
  if (all.length !== 1) throw new Error(`expected one ${type} ${name}, found ${all.length}`);
  return all[0];
}

/** The address of the only resource of a type. */
export function addressOf(stack: StackJson, type: string): string {
  const all = Object.keys(resourcesOf(stack, type));
  if (all.length !== 1) throw new Error(`expected one ${type}, found ${all.length}`);
  return all[0];
}

/** A policy as AWS gets it: Terraform has read the text, and it holds no expression. */
export function policyOf(block: Block, argument = "policy"): unknown {
  const text = block[argument];
  if (typeof text !== "string") throw new Error(`expected a policy in ${argument}`);
  return JSON.parse(terraformText(text));
}

/** A text as Terraform reads it: `$${` is a literal `${`, and an expression is refused. */
export function terraformText(text: string): string {
  if (/(?<!\$)\$\{|(?<!%)%\{/.test(text)) throw new Error(`expected no expression in ${text}`);
  return text.replace(/([$%])\1\{/g, "$1{");
}
